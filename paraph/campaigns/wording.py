"""A text with fields: ``{first_name}``, or ``{first_name|friend}`` where it may be empty.

The language is this small on purpose: what is not a field is text, and a misspelt field is
refused before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from paraph.contacts import fields
from paraph.contacts.models import Contact

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")
BRACE = re.compile(r"[{}]")


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
    known = field_names()
    wrong = [match[1] for match in FIELD.finditer(text) if match[1] not in known]
    problems = [_unknown(name, known) for name in dict.fromkeys(wrong)]
    if BRACE.search(FIELD.sub("", text)):
        problems.append(_("A curly bracket stands alone. Fields are written like {first_name}."))
    return problems


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; where one is empty, what stands behind the bar."""
    return FIELD.sub(lambda match: values.get(match[1], "").strip() or match[2] or "", text)


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


def _unknown(name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("There is no field {%(name)s}. Did you mean {%(near)s}?") % {
            "name": name,
            "near": near[0],
        }
    return _("There is no field {%(name)s}.") % {"name": name}
