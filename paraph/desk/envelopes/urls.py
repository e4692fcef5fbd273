"""Addresses of the envelopes pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
