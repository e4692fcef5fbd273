"""What can stand in a mailing's text, in the small language of ``kit.placeholders``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paraph.contacts import fields
from paraph.contacts.models import Contact
from paraph.kit import placeholders


def field_names() -> dict[str, str]:
    """Return what can stand in a text, with what it is for people."""
    named = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "name": _("Full name"),
        "company": _("Company"),
        "position": _("Position"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "responsible": _("Responsible"),
    }
    return named | {field.key: str(field.label) for field in fields.custom_fields()}


def problems_with(text: str) -> list[str]:
    """Say, in sentences for the writer, what in the text is no field."""
    return placeholders.problems_with(text, field_names())


def values_of(contact: Contact) -> dict[str, str]:
    """Return what the fields mean for a contact."""
    custom = {
        field.key: str(fields.shown(field, contact.custom.get(field.key)) or "")
        for field in fields.custom_fields()
    }
    return custom | {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "name": contact.name,
        "company": contact.company.name if contact.company else "",
        "position": contact.position,
        "email": contact.email,
        "phone": contact.readable_phone,
        "responsible": contact.responsible.name,
    }
