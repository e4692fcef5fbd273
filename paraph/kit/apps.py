"""Registers the kit, and finds every job of the installation."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    """The foundation that all other apps stand on."""

    name = "paraph.kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each app's ``jobs`` module, so that a worker knows all of them."""
        autodiscover_modules("jobs")
