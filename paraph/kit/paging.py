"""Lists by the page that stay quick at a million rows, on both databases: entered by key,
counted up to where it is worth it."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import OrderBy
from django.db.models.sql.compiler import SQLCompiler

AnyField = models.Field[Any, Any]
Row = TypeVar("Row", bound=models.Model)


class Beyond(models.Func):
    """``(a, b) > (1, 2)``: the rows after a key, in one step along the index of its fields.

    Django writes such a comparison for SQLite as ``a > 1 OR (a = 1 AND b > 2)``, which has to
    read everything before.
    """

    output_field = models.BooleanField()

    def __init__(self, fields: Sequence[str], key: Sequence[Any], *, sign: str) -> None:
        super().__init__(*map(models.F, fields))
        self.key, self.sign = tuple(key), sign

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        *_args: Any,  # Any: Func's own arguments, of which this one needs none
        **_kwargs: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        columns = self.get_source_expressions()
        sources = [compiler.compile(column)[0] for column in columns]
        values = [
            column.output_field.get_db_prep_value(value, connection)
            for column, value in zip(columns, self.key, strict=True)
        ]
        marks = ", ".join(["%s"] * len(values))
        return f"({', '.join(sources)}) {self.sign} ({marks})", tuple(values)


class Aside(models.Func):
    """The same value, along which no index lies: what fits is sorted.

    PostgreSQL takes it that one row in a hundred fits whatever is typed. So it would walk along
    the order until a page is full, past a hundred thousand rows where few fit.
    """

    function = "GREATEST"
    arity = 1

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **_context: Any,  # Any: Func's own arguments, of which this one needs none
    ) -> tuple[str, tuple[str | int, ...]]:
        """Say nothing: SQLite walks along what it was told to find."""
        return compiler.compile(self.get_source_expressions()[0])


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A stretch of a list, and the cursors that lead on and back."""

    rows: list[Row]
    next: str | None
    previous: str | None
    is_followed: bool = False
    """Whether more rows come in the direction that the cursor pointed to."""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Keyset:
    """An order of rows that can be entered anywhere. No field is null, the last is unique."""

    fields: tuple[str, ...]
    descending: bool = False

    def page(
        self, rows: models.QuerySet[Row], *, cursor: str | None = None, size: int = 50
    ) -> Page[Row]:
        """Return the stretch that a cursor points to, or the first where it makes no sense."""
        backwards, key = _opened(cursor, self._columns(rows))
        found = list(self.stretch(rows, cursor=cursor, size=size + 1))
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        return Page(
            found,
            next=self.cursor_at(found[-1], ">") if found and (more or backwards) else None,
            previous=self.cursor_at(found[0], "<")
            if found and key and (more or not backwards)
            else None,
            is_followed=more,
        )

    def beginning(self, rows: Sequence[Row], *, size: int) -> Page[Row]:
        """Return the first of rows in hand, which are in this order already."""
        more, found = len(rows) > size, list(rows[:size])
        following = self.cursor_at(found[-1]) if more else None
        return Page(found, next=following, previous=None, is_followed=more)

    def stretch(
        self,
        rows: models.QuerySet[Row],
        *,
        cursor: str | None,
        size: int,
        is_walked: bool = True,
    ) -> models.QuerySet[Row]:
        """Return the next rows from a cursor on, in the direction it points to.

        What is not walked is found first, and then sorted.
        """
        return self.ahead(rows, cursor=cursor, is_walked=is_walked)[:size]

    def ahead(
        self, rows: models.QuerySet[Row], *, cursor: str | None, is_walked: bool = True
    ) -> models.QuerySet[Row]:
        """Return all rows from a cursor on."""
        backwards, key = _opened(cursor, self._columns(rows))
        is_down = self.descending is not backwards
        if key:
            rows = rows.filter(Beyond(self.fields, key, sign="<" if is_down else ">"))
        keys = [models.F(name) if is_walked else Aside(name) for name in self.fields]
        return rows.order_by(*(OrderBy(it, descending=is_down) for it in keys))

    def _columns(self, rows: models.QuerySet[Row]) -> list[AnyField]:
        return [cast(AnyField, rows.model._meta.get_field(name)) for name in self.fields]

    def cursor_at(self, row: models.Model, direction: str = ">") -> str:
        """Return the cursor that leads on from a row (``>``), or back (``<``)."""
        fields = [cast(AnyField, row._meta.get_field(name)) for name in self.fields]
        key = [field.value_to_string(row) for field in fields]
        packed = json.dumps([direction, *key], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _opened(cursor: str | None, fields: Sequence[AnyField]) -> tuple[bool, tuple[Any, ...]]:
    """Return what a cursor says, direction and key; nothing for one that people have touched."""
    try:
        packed = json.loads(base64.urlsafe_b64decode((cursor or "") + "=="))
        direction, *parts = packed if isinstance(packed, list) else [""]
        key = [field.to_python(part) for field, part in zip(fields, parts, strict=True)]
    except (ValueError, TypeError, ValidationError):
        return False, ()
    return direction == "<", tuple(key)


@dataclass(frozen=True)
class Count:
    """How many rows there are, up to where it is worth counting."""

    number: int
    is_capped: bool


def capped_count(rows: models.QuerySet[Any], *, cap: int = 1000) -> Count:
    """Count no further than the cap, so that a list of a million rows opens at once."""
    number = rows.order_by()[: cap + 1].values("pk").count()
    return Count(min(number, cap), is_capped=number > cap)
