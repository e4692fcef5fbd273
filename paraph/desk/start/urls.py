"""Addresses of the first pages: start, set-up, language, search."""

from django.urls import path

from . import views

urlpatterns = [path("", views.start, name="start")]
