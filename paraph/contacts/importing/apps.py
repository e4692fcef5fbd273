"""Names the app for Django."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "paraph.contacts.importing"
