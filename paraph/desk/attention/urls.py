"""Addresses of one's digest, of the link that stops it, and of the installation's days."""

from django.urls import path

from . import views

urlpatterns = [
    path("digest/", views.digest, name="digest"),
    path("digest/off/<str:token>/", views.stop, name="digest-off"),
    path("attention/", views.rule, name="attention-rule"),
]
