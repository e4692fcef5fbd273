"""Names the app for Django."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "paraph.board"
