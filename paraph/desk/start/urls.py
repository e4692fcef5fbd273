"""Addresses of the first pages: start, set-up, language, search."""

from django.urls import path

from . import set_up, views

urlpatterns = [
    path("", views.start, name="start"),
    path("search/", views.search, name="search"),
    path("language/", views.set_language, name="set_language"),
    path("set-up/", set_up.closed, name="set-up"),
    path("set-up/<str:token>/", set_up.open_with_token, name="set-up-open"),
]
