"""Names the app that carries the commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "paraph.config"
