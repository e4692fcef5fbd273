"""The columns of contacts in files: what they are called, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paraph.contacts import fields
from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact, ContactType, CustomField
from paraph.kit.listing import Column, Value
from paraph.people.models import Employee

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAME = "name"
"""The list shows one column where files have two: last name and first name."""


@dataclass(frozen=True)
class FileColumn:
    """One column of a file."""

    key: str
    label: str | _StrPromise
    text: Callable[[Contact], str]
    width: int = 18


def all_columns() -> list[FileColumn]:
    """Return every column that a contact has, the further fields included."""
    return [*_own(), *map(_further, fields.custom_fields())]


def chosen_columns(names: Sequence[str]) -> list[FileColumn]:
    """Return the columns that a list shows, in its order; all of them where none is named."""
    if not names:
        return all_columns()
    known = {column.key: column for column in all_columns()}
    chosen: dict[str, FileColumn] = {}
    for column in contact_listing().columns_chosen(names):
        parts = ("last_name", "first_name") if column.name == NAME else (column.name,)
        for key in parts:
            chosen[key] = known.get(key) or _shown(column)
    return list(chosen.values())


def _own() -> Iterator[FileColumn]:
    yield FileColumn("last_name", _("Last name"), lambda it: it.last_name)
    yield FileColumn("first_name", _("First name"), lambda it: it.first_name)
    yield FileColumn("phone", _("Phone"), lambda it: it.phone)
    yield FileColumn("email", _("E-mail"), lambda it: it.email, width=28)
    yield FileColumn("position", _("Position"), lambda it: it.position)
    yield FileColumn(
        "company", _("Company"), lambda it: it.company.name if it.company else "", width=26
    )
    types = {value: str(label) for value, label in ContactType.choices}
    yield FileColumn("type", _("Contact type"), lambda it: types.get(it.type, it.type))
    yield FileColumn("responsible", _("Responsible"), _names_of_people(), width=24)
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    yield FileColumn("language", _("Language"), lambda it: languages.get(it.language, ""))
    yield FileColumn("shared", _("Available to everyone"), lambda it: fields.plain(it.is_shared))
    yield FileColumn("comment", _("Comment"), lambda it: it.comment, width=40)
    yield FileColumn("created", _("Created"), lambda it: _plain(it.created_at))


def _names_of_people() -> Callable[[Contact], str]:
    """Name a responsible by their name, or by their address where two have the same name."""
    twice = Employee.objects.values("first_name", "last_name").annotate(n=Count("id"))
    shared = {(row["first_name"], row["last_name"]) for row in twice.filter(n__gt=1)}

    def name(contact: Contact) -> str:
        person = contact.responsible
        return person.email if (person.first_name, person.last_name) in shared else person.name

    return name


def _further(field: CustomField) -> FileColumn:
    return FileColumn(field.key, field.label, partial(_custom, field.key))


def _custom(key: str, contact: Contact) -> str:
    return fields.plain(contact.custom.get(key))


def _shown(column: Column[Contact]) -> FileColumn:
    return FileColumn(
        column.name, str(column.label), lambda contact: _plain(column.value(contact))
    )


def _plain(value: Value) -> str:
    """Return a value the same way in every language."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, bool):
        return fields.plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
