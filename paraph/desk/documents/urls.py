"""Addresses of the documents pages."""

from django.urls import path

from . import comparing, reading, views

urlpatterns = [
    path("", views.document_list, name="document-list"),
    path("new/", views.upload, name="document-upload"),
    path("<int:pk>/", reading.detail, name="document-detail"),
    path("<int:pk>/pages/<int:page>/", reading.page, name="document-page"),
    path("<int:pk>/text/", reading.text, name="document-text"),
    path("<int:pk>/changes/", comparing.changes, name="document-changes"),
    path("<int:pk>/file/", reading.download, name="document-file"),
    path("<int:pk>/rename/", views.rename, name="document-rename"),
    path("<int:pk>/delete/", views.delete, name="document-delete"),
    path("<int:pk>/sign/", views.sign, name="document-sign"),
]
