"""Addresses of background work."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.batch_list, name="batch-list"),
    path("<int:pk>/", views.detail, name="batch-detail"),
    path("<int:pk>/cancel/", views.cancel, name="batch-cancel"),
    path("<int:pk>/undo/", views.undo, name="batch-undo"),
    path("<int:pk>/file/", views.download, name="batch-file"),
    path("<int:pk>/refused/", views.refused, name="batch-refused"),
]
