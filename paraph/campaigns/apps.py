"""Names the app for Django."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Segments of the directory, mailings to them, and who may be written to."""

    name = "paraph.campaigns"
    default_auto_field = "django.db.models.BigAutoField"
