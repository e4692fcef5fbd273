"""Registers the vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Signed files: found, taken out, kept as long as they must be, and no longer."""

    name = "paraph.vault"
    default_auto_field = "django.db.models.BigAutoField"
