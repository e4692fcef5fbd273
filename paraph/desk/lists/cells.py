"""How values and rows of a list are written for a reader."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from html import escape
from typing import Any, Generic

from django.template import Context, Template
from django.template.loader import get_template
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paraph.kit.listing import Column, Value
from paraph.kit.paging import Row

from .rooms import Written

NOTHING = mark_safe('<span class="quiet-dash" aria-hidden="true">–</span>')
"""Stands in an empty cell; whoever listens hears nothing."""


class RowWriter(Generic[Row]):
    """Writes the cells of rows as HTML.

    Fifty rows of eight columns are four hundred cells, more than half of a page's time when a
    template goes through them: plain cells are put together here, and the templates of others
    are compiled once and rendered without the context of the page.
    """

    def __init__(
        self, columns: Sequence[Column[Row]], special: Mapping[str, str | Written[Row]]
    ) -> None:
        self.columns = [
            (column.value, _writer(special.get(column.name, "")), _begin(column))
            for column in columns
        ]

    def cells(self, row: Row, *, href: str, note: str = "") -> SafeString:
        """Return all cells of a row; the first one leads to the row's page, a note below it."""
        return mark_safe("".join(self._cells(row, escape(href), note)))  # noqa: S308  escaped below

    def _cells(self, row: Row, href: str, note: str) -> Iterator[str]:
        before, after = f'<a class="row-link" href="{href}">', f"</a>{note}"
        for value_of, special, (begin, empty) in self.columns:
            value = value_of(row)
            is_empty = value is None or value == ""
            html = special(row) if special else NOTHING if is_empty else escape(written(value))
            yield f"{empty if is_empty else begin}{before}{html}{after}</td>"
            before = after = ""  # only the first one leads on


def _begin(column: Column[Any]) -> tuple[str, str]:
    """Return how a cell of the column begins, and how an empty one does."""
    name, label = column.name, escape(str(column.label))
    both = (f"cell cell--{name}", f"cell cell--{name} is-empty")
    with_value, empty = (f'<td class="{kind}" data-label="{label}">' for kind in both)
    return with_value, empty


def written(value: Value) -> str:
    """Return a value as the reader's language writes it."""
    match value:
        case str():
            return value
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return _day(timezone.localtime(value).date(), get_language())
        case date():
            return _day(value, get_language())
        case int() | Decimal():
            return formats.number_format(value, use_l10n=True, force_grouping=True)
        case _:
            return str(value or "")


@lru_cache(4_000)
def _day(day: date, _language: str | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _writer(special: str | Written[Row]) -> Written[Row] | None:
    """Return what writes a column's cells; nothing where the plain value will do."""
    if not special or callable(special):
        return special or None
    template = _compiled(special)
    return lambda row: template.render(Context({"row": row}))


@cache
def _compiled(name: str) -> Template:
    backend: Any = get_template(name)  # Any: the backend's wrapper around what we want
    template: Template = backend.template
    return template
