"""Addresses outside the room: the way in for who is invited, and everybody's own profile."""

from django.urls import path

from . import invitations, views

urlpatterns = [
    path("welcome/<str:token>/", invitations.welcome, name="welcome"),
    path("profile/", views.profile, name="profile"),
]
