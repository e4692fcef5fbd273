"""Addresses of making documents from templates: below a deal, and of one document."""

from django.urls import path

from . import views

urlpatterns = [
    path("deals/<int:pk>/documents/new/", views.choose, name="deal-document-choose"),
    path("deals/<int:pk>/documents/new/<int:template>/", views.fill, name="deal-document-fill"),
    path("documents/<int:pk>/again/", views.again, name="document-again"),
    path("documents/<int:pk>/docx/", views.docx, name="document-docx"),
    path("documents/previews/<str:token>/<int:page>/", views.picture, name="preview-page"),
]
