"""The list of contacts: its columns, its filters, its orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from paraph.kit.filters import Contains, Filter, Flag, OneOf, Period
from paraph.kit.listing import Column, Listing, Value
from paraph.people.choices import everybody_here
from paraph.people.models import Employee

from . import fields
from .models import NEVER, Contact, ContactType, CustomField, FieldKind

NAME = "contacts"


def contact_listing() -> Listing[Contact]:
    """Return the list with the further fields that contacts have now."""
    further = fields.custom_fields()
    return Listing(
        NAME,
        columns=[*_columns(), *map(_custom_column, further)],
        filters=[*_filters(), *filter(None, map(_custom_filter, further))],
        beside=("company__name", "responsible__first_name", "responsible__last_name"),
    )


def _columns() -> Iterator[Column[Contact]]:
    yield Column("name", pgettext_lazy("of a person", "Name"), _name, sort="sort_key")
    yield Column(
        "company",
        _("Company"),
        lambda it: it.company.name if it.company else None,
        sort="company_key sort_key",
        needs=("company",),
    )
    yield Column("position", _("Position"), lambda it: it.position, sort="position_key sort_key")
    yield Column("phone", _("Phone"), lambda it: it.phone, sort="phone")
    yield Column("email", _("E-mail"), lambda it: it.email, sort="email")
    yield Column(
        "responsible",
        _("Responsible"),
        lambda it: it.responsible.name,
        sort="responsible_key sort_key",
        needs=("responsible",),
    )
    yield Column(
        "type",
        _("Contact type"),
        lambda it: it.get_type_display(),
        sort="type sort_key",
        is_default=False,
    )
    yield Column(
        "last_document",
        _("Last document"),
        lambda it: None if it.last_document_at == NEVER else it.last_document_at,
        sort="last_document_at",
    )
    yield from _rarer_columns()


def _rarer_columns() -> Iterator[Column[Contact]]:
    rarely = partial(Column[Contact], is_default=False)
    yield rarely("created", _("Created"), lambda it: it.created_at, sort="created_at")
    yield rarely("language", _("Language"), lambda it: it.get_language_display())
    yield rarely("comment", _("Comment"), lambda it: it.comment)
    yield rarely("last_name", _("Last name"), lambda it: it.last_name)
    yield rarely("first_name", _("First name"), lambda it: it.first_name)
    yield rarely("shared", _("Available to everyone"), lambda it: it.is_shared)


def _filters() -> Iterator[Filter]:
    yield OneOf("type", _("Contact type"), "type", _types)
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield Contains("company", _("Company"), "company_key")
    yield Contains("position", _("Position"), "position_key", within=("responsible",))
    yield OneOf("language", _("Language"), "language", lambda _person: settings.LANGUAGES)
    yield Period("created", _("Created"), "created_at")
    yield Period("last_document", _("Last document"), "last_document_at")
    yield Flag("no_document", _("Without any document"), Q(last_document_at=NEVER))
    yield Flag("incomplete", _("Phone or e-mail is missing"), Q(phone="") | Q(email=""))


def _name(contact: Contact) -> str:
    return f"{contact.last_name} {contact.first_name}".strip()


def _types(_person: Employee) -> Sequence[tuple[str, str]]:
    return [(value, str(label)) for value, label in ContactType.choices]


def _custom_column(field: CustomField) -> Column[Contact]:
    def value(contact: Contact) -> Value:
        return fields.shown(field, contact.custom.get(field.key)) or None

    return Column(field.key, field.label, value, is_default=False)


def _custom_filter(field: CustomField) -> Filter | None:
    """Narrow by a choice or a yes; texts are found by the search."""
    path = f"custom__{field.key}"
    if field.kind == FieldKind.CHOICE:
        return OneOf(field.key, field.label, path, lambda _person: _pairs(field))
    if field.kind == FieldKind.YES_NO:
        return Flag(field.key, field.label, Q(**{path: True}))
    return None


def _pairs(field: CustomField) -> Sequence[tuple[str, str]]:
    return [(choice, choice) for choice in field.choices]
