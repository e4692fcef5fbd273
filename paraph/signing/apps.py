"""Names the app for Django."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "paraph.signing"
