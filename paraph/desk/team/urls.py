"""Addresses of the team's figures."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.team, name="team"),
    path("export/", views.export, name="team-export"),
]
