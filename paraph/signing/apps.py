"""Names the app for Django."""

from typing import ClassVar

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "paraph.signing"
    stored_files: ClassVar = {"Field": ("picture", "attachment")}
