"""Addresses of campaigns, segments and consent."""

from django.urls import include, path

from paraph.desk.lists.views import addresses

from . import consent, editing, segments, sending, views
from .rooms import CAMPAIGNS, SEGMENTS

urlpatterns = [
    *addresses(CAMPAIGNS),
    path("new/", editing.create, name="campaign-create"),
    path("preview/", editing.preview, name="campaign-preview"),
    path("<int:pk>/", views.detail, name="campaign-detail"),
    path("<int:pk>/edit/", editing.edit, name="campaign-edit"),
    path("<int:pk>/test/", editing.test, name="campaign-test"),
    path("<int:pk>/copy/", views.copy, name="campaign-copy"),
    path("<int:pk>/delete/", views.delete, name="campaign-delete"),
    path("<int:pk>/send/", sending.send, name="campaign-send"),
    path("<int:pk>/pause/", sending.pause, name="campaign-pause"),
    path("<int:pk>/resume/", sending.resume, name="campaign-resume"),
    path("<int:pk>/cancel/", sending.cancel, name="campaign-cancel"),
    path("<int:pk>/progress/", views.progress, name="campaign-progress"),
    path("<int:pk>/export/", views.export, name="campaign-export"),
    path("segments/", include(addresses(SEGMENTS))),
    path("segments/new/", segments.create, name="segment-create"),
    path("segments/preview/", segments.preview, name="segment-preview"),
    path("segments/<int:pk>/", segments.detail, name="segment-detail"),
    path("segments/<int:pk>/edit/", segments.edit, name="segment-edit"),
    path("segments/<int:pk>/delete/", segments.delete, name="segment-delete"),
    path(
        "segments/<int:pk>/members/<int:contact>/remove/",
        segments.remove,
        name="segment-member-remove",
    ),
    path("consent/<int:pk>/", consent.change, name="consent-change"),
]
