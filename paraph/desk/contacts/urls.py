"""Addresses of the contacts pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
