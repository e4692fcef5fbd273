"""Names the app for Django."""

from typing import ClassVar

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "paraph.contacts.importing"
    stored_files: ClassVar = {"Import": ("records",)}
