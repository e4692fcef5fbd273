"""Names the app for Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "paraph.portal"
