"""Names the app for Django."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "paraph.comments"
