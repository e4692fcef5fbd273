"""Registers the journal, and finds every reaction of the installation."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The facts that happened."""

    name = "paraph.journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each app's ``events`` and ``reactions``, so that none is overlooked."""
        autodiscover_modules("events")
        autodiscover_modules("reactions")
