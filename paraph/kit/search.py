"""Search and paging that stay quick at a million rows, on both databases.

Text is normalised in Python, matched by trigrams (FTS5 or pg_trgm), paged by key.
"""

import base64
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.sql.compiler import SQLCompiler

AnyField = models.Field[Any, Any]
Row = TypeVar("Row", bound=models.Model)

_LETTERS = str.maketrans(
    {
        "\0": None,
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)
_LAST = "\U0010ffff"
TRIGRAM = 3
"""Shorter words have no trigram: they are looked for at the beginning of ``sort_key``."""


def normalise(text: str) -> str:
    """Return the text as search sees it: no case, no accents, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(text.lower().translate(_LETTERS).split())


class Substr(models.Lookup[str]):
    """``search_text__substr="abc"``: rows that contain the normalised text."""

    lookup_name = "substr"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use LIKE, which PostgreSQL answers from its trigram index."""
        column, params = self.process_lhs(compiler, connection)
        escaped = "".join("\\" + c if c in "\\%_" else c for c in str(self.rhs))
        escape = "" if connection.vendor == "postgresql" else " ESCAPE '\\'"
        return f"{column} LIKE %s{escape}", (*params, f"%{escaped}%")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use the FTS5 table that ``SearchIndex`` keeps beside the model's."""
        if len(str(self.rhs)) < TRIGRAM:
            return self.as_sql(compiler, connection)
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        index = connection.ops.quote_name(self.lhs.target.model._meta.db_table + "_fts")
        phrase = '"{}"'.format(str(self.rhs).replace('"', '""'))
        key = connection.ops.quote_name(self.lhs.target.model._meta.pk.column)
        found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608  our own names
        return f"{table}.{key} IN ({found})", (phrase,)


models.TextField.register_lookup(Substr)


class SearchQuerySet(models.QuerySet[Row]):
    """The vocabulary of searchable rows."""

    def matching(self, text: str) -> Self:
        """Keep the rows that contain every word; one or two letters match the beginning."""
        words = normalise(text).split()
        if len(words) == 1 and len(words[0]) < TRIGRAM:
            return self.filter(sort_key__gte=words[0], sort_key__lt=words[0] + _LAST)
        found = self
        for word in words:
            found = found.filter(search_text__substr=word)
        return found


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A stretch of a list, and the cursors that lead on and back."""

    rows: list[Row]
    next: str | None
    previous: str | None

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
        fields = [cast(AnyField, rows.model._meta.get_field(name)) for name in self.fields]
        backwards, key = _opened(cursor, fields)
        sign = "-" if self.descending is not backwards else ""
        stretch = rows.order_by(*(sign + name for name in self.fields))
        if key:
            beyond = TupleLessThan if sign else TupleGreaterThan
            stretch = stretch.filter(beyond(Tuple(*map(models.F, self.fields)), key))
        found = list(stretch[: size + 1])
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        return Page(
            found,
            next=self._cursor(found[-1], ">") if found and (more or backwards) else None,
            previous=self._cursor(found[0], "<")
            if found and key and (more or not backwards)
            else None,
        )

    def _cursor(self, row: models.Model, direction: str) -> str:
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
