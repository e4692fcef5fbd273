"""Pages reached by link, and the public integrity service."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
