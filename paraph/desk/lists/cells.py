"""How values and rows of a list are written for a reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django.utils import formats, timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from paraph.kit.listing import Column, Value
from paraph.kit.search import Row

NOTHING = mark_safe('<span class="quiet-dash" aria-hidden="true">–</span>')
"""Stands in an empty cell; whoever listens hears nothing."""


@dataclass(frozen=True)
class Cell:
    """One value of one row, ready for the page."""

    name: str
    label: str
    html: SafeString
    is_empty: bool


def cells_of(
    row: Row, columns: Sequence[Column[Row]], templates: Mapping[str, str]
) -> Iterator[Cell]:
    """Yield the row's cells in the order of the columns.

    Fifty rows of eight columns are four hundred cells: plain values are written here, and a
    template is compiled once and rendered without the context of the page.
    """
    for column in columns:
        value = column.value(row)
        is_empty = value is None or value == ""
        if column.name in templates:
            html = _compiled(templates[column.name]).render(Context({"row": row}))
        else:
            html = NOTHING if is_empty else conditional_escape(written(value))
        yield Cell(column.name, str(column.label), html, is_empty)


def written(value: Value) -> str:
    """Return a value as the reader's language writes it."""
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return formats.date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
        case date():
            return formats.date_format(value, "SHORT_DATE_FORMAT")
        case int() | Decimal():
            return formats.number_format(value, use_l10n=True, force_grouping=True)
        case _:
            return str(value or "")


@cache
def _compiled(name: str) -> Template:
    backend: Any = get_template(name)  # Any: the backend's wrapper around what we want
    template: Template = backend.template
    return template
