"""Registers the daily digests."""

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    """What needs attention, told once a working day to whoever is responsible."""

    name = "paraph.digests"
    default_auto_field = "django.db.models.BigAutoField"
