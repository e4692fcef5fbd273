"""Addresses of the mailbox pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
