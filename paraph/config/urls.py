"""Every address of Paraph, one line a room."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/", include("paraph.api.urls")),
    path("", include("paraph.portal.urls")),
    path("", include("paraph.desk.urls")),
]

handler404 = "paraph.desk.frame.views.not_found"
