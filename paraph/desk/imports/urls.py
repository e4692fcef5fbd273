"""Addresses of imports."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.upload, name="import-new"),
    path("<int:pk>/", views.detail, name="import-detail"),
    path("<int:pk>/columns/", views.columns, name="import-columns"),
    path("<int:pk>/run/", views.run, name="import-run"),
    path("<int:pk>/refused/", views.refused, name="import-refused"),
]
