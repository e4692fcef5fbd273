"""What fits where: places on pages, and what their parties put there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.signing.models import Field, FieldKind

PICTURES = frozenset({FieldKind.SIGNATURE, FieldKind.STAMP, FieldKind.INITIALS})
WRITTEN = frozenset(set(FieldKind) - PICTURES - {FieldKind.CHECKBOX})
WORDLESS = frozenset({FieldKind.STAMP, FieldKind.INITIALS})
TEXT_LENGTH = 500
MOST_OPTIONS = 50
OPTION_LENGTH = 120


def obstacles_to_placing(box: Sequence[float], *, page: int, document: Document) -> list[str]:
    """Say why a box (x, y, width, height) does not fit on that page of the document."""
    if not 1 <= page <= document.page_count:
        return [_("“%(title)s” has no page %(page)d.") % {"title": document.title, "page": page}]
    x, y, width, height = box
    page_width, page_height = document.pages[page - 1]
    slack = 0.5  # a box dragged into the corner may stick out by a rounding
    is_inside = (
        -slack <= x <= x + width <= page_width + slack
        and -slack <= y <= y + height <= page_height + slack
    )
    return (
        []
        if is_inside and width >= 8 and height >= 8
        else [_("The field does not fit on page %(page)d.") % {"page": page}]
    )


def mark_of(fields: Iterable[Field]) -> str:
    """Return the same for the same places: what a window remembers having seen."""
    names = ("id", "party_id", "document_id", "kind", "page", "x", "y", "width", "height")
    more = ("label", "is_required", "options", "source")
    rows = sorted([str(getattr(field, name)) for name in names + more] for field in fields)
    return sha256(json.dumps(rows).encode()).hexdigest()[:16]


def tidied(options: Sequence[str]) -> list[str]:
    """Return what a choice offers: without blanks and repetitions, in the order written."""
    lines = (" ".join(option.split())[:OPTION_LENGTH] for option in options)
    return list(dict.fromkeys(line for line in lines if line))[:MOST_OPTIONS]


def missing_fields(fields: Sequence[Field]) -> list[Field]:
    """Return the required places that their party has not filled."""
    return [place for place in fields if place.is_required and not is_filled(place)]


def is_filled(place: Field) -> bool:
    """Tell whether a place has its picture, its tick or its text."""
    if place.kind == FieldKind.FILE:
        return bool(place.attachment)
    return bool(place.picture if place.kind in PICTURES else place.value)


def obstacle_to_value(place: Field, value: str) -> str:
    """Say why a text does not belong into a field; empty when it does."""
    if not value:
        return ""
    if place.kind == FieldKind.CHECKBOX and value != "on":
        return _("This is ticked or not.")
    if place.kind == FieldKind.NUMBER and not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,6})?", value):
        return _("Write a number, such as 1250 or 12.50.")
    if place.kind == FieldKind.DATE and not _is_date(value):
        return _("Write a date, such as 2026-03-31.")
    if place.kind == FieldKind.CHOICE and place.options and value not in place.options:
        return _("Choose one of the answers offered.")
    if len(value) > TEXT_LENGTH:
        return _("Write at most %(count)d characters.") % {"count": TEXT_LENGTH}
    if any(ord(letter) < 32 and letter != "\n" for letter in value):
        return _("There are characters in it that can not be printed.")
    return ""


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
