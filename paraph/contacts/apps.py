"""Names the app for Django."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "paraph.contacts"
