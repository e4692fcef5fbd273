"""Lists as files: the rows and columns of a declared list as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from paraph.kit.listing import Column, Value
from paraph.kit.paging import Row
from paraph.kit.tables import csv_lines, write_xlsx

FORMATS = ("xlsx", "csv")
_NARROW, _WIDE = 12, 40
_STEP = 2000


def write_list(
    file: BinaryIO,
    rows: Iterable[Row],
    columns: Sequence[Column[Row]],
    *,
    format: str,
    language: str,
    tick: Callable[[int], None] | None = None,
) -> None:
    """Write a heading and every row, streaming; ``tick`` hears how many rows there are."""
    lines = _lines(rows, columns, tick)
    if format == "xlsx":
        widths = [max(_NARROW, min(len(str(each.label)) + 8, _WIDE)) for each in columns]
        write_xlsx(lines, file, title=_("List"), widths=widths)
        return
    for part in csv_lines(lines, language=language):
        file.write(part)


def _lines(
    rows: Iterable[Row], columns: Sequence[Column[Row]], tick: Callable[[int], None] | None
) -> Iterator[list[str]]:
    yield [str(column.label) for column in columns]
    for number, row in enumerate(rows, start=1):
        if tick and number % _STEP == 0:
            tick(number)
        yield [written(column.value(row)) for column in columns]


def written(value: Value) -> str:
    """Return a value as a spreadsheet reads it, whatever the language: ISO days, plain numbers."""
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)
