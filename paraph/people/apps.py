"""Names the app for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "paraph.people"
