"""Names the app for Django."""

from typing import ClassVar

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "paraph.contacts"
    stored_files: ClassVar = {"Company": ("logo", "stamp", "signature")}
