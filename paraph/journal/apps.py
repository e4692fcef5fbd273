"""Registers the journal, and finds every reaction of the installation."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The facts that happened."""

    name = "paraph.journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's events and reactions and the log's job: none is overlooked."""
        autodiscover_modules("events")
        autodiscover_modules("reactions")
        autodiscover_modules("log.jobs")
