"""Addresses of the company's own words."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.texts, name="text-list"),
    path("<slug:kind>/<slug:language>/", views.edit, name="text-edit"),
    path("<slug:kind>/<slug:language>/preview/", views.preview, name="text-preview"),
]
