"""Addresses for machines."""

from django.urls import path

from . import verifying

urlpatterns = [path("verify", verifying.verify, name="api-verify")]
