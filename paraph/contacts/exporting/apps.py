"""Names the app for Django."""

from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "paraph.contacts.exporting"
