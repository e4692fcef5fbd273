"""Addresses of the connections page."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.connections, name="connections"),
    path("test/", views.test, name="connections-test"),
    path("held/", views.held, name="connections-held"),
]
