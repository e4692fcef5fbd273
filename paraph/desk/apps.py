"""Names the app for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "paraph.desk"
