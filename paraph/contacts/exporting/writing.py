"""Writes chosen contacts into a file of one of the formats, streaming."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from paraph.contacts import fields
from paraph.contacts.models import Contact
from paraph.kit import db
from paraph.kit.tables import csv_lines, write_xlsx
from paraph.people.models import Employee

from .columns import FileColumn, chosen_columns
from .rows import in_order
from .vcards import Version, vcard_lines


class Format(StrEnum):
    """What kind of file."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"
    VCARD3 = "vcard3"


ENDINGS = {Format.CSV: "csv", Format.XLSX: "xlsx", Format.VCARD: "vcf", Format.VCARD3: "vcf"}

MOST_ROWS_OF_XLSX = 1_048_575
"""A sheet of Excel has no more, beside its heading."""


def file_name(format: Format, *, at: datetime) -> str:
    """Name a file by what is in it and the day."""
    day = timezone.localtime(at).date().isoformat()
    return f"{_('contacts')}-{day}.{ENDINGS[format]}"


def write_contacts(
    file: BinaryIO,
    *,
    owner: Employee,
    given: Mapping[str, Any],
    tick: Callable[[int], None] | None = None,
) -> None:
    """Write the chosen contacts, in the owner's language and time zone."""
    with (
        db.reading_once(),
        translation.override(owner.language),
        timezone.override(owner.time_zone),
    ):
        contacts = in_order(owner, given, tick=tick)
        format = Format(given["format"])
        if format is Format.XLSX:
            columns = chosen_columns(given.get("columns", ()))
            rows = _table(contacts, columns)
            widths = [column.width for column in columns]
            write_xlsx(rows, file, title=_("Contacts"), widths=widths)
            return
        for part in _parts(contacts, format, owner=owner, names=given.get("columns", ())):
            file.write(part)


def _parts(
    contacts: Iterable[Contact], format: Format, *, owner: Employee, names: Sequence[str]
) -> Iterator[bytes]:
    if format is Format.CSV:
        return csv_lines(_table(contacts, chosen_columns(names)), language=owner.language)
    version: Version = "4.0" if format is Format.VCARD else "3.0"
    return vcard_lines(contacts, version=version, further=fields.custom_fields())


def _table(contacts: Iterable[Contact], columns: Sequence[FileColumn]) -> Iterator[list[str]]:
    yield [str(column.label) for column in columns]
    for contact in contacts:
        yield [column.text(contact) for column in columns]
