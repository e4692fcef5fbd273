"""Names the app for Django."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "paraph.sales"
