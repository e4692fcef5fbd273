"""Addresses of the page about keys."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.keys, name="keys"),
    path("look/", views.look, name="keys-look"),
]
