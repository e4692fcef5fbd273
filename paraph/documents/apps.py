"""Names the app for Django."""

from typing import ClassVar

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "paraph.documents"
    stored_files: ClassVar = {
        "Revision": ("sha256",),
        "TemplateVersion": ("sha256",),
        "Generated": ("docx",),
    }
