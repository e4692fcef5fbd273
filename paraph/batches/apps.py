"""Registers long work, and finds every kind of it in the installation."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BatchesConfig(AppConfig):
    """Work on many rows, with progress, that can be cancelled and survives a killed worker."""

    name = "paraph.batches"
    default_auto_field = "django.db.models.BigAutoField"
    stored_files: ClassVar = {"Batch": ("file",)}

    def ready(self) -> None:
        """Import each app's ``batches`` module, so that a worker knows all kinds."""
        autodiscover_modules("batches")
