"""Names the app for Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "paraph.messaging"
