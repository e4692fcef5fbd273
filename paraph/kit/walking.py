"""A walk along the order by name that looks into rows without opening them; on PostgreSQL alone.

An index holds each row's text beside its name (``SearchIndex(is_walked=True)``): a thousand rows
are read in a millisecond. To open them takes ten, as they lie apart from each other.
"""

from typing import Any

from django.db import connections
from django.db.models import F, Func, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.fields import BooleanField

from .paging import Keyset
from .search import TRIGRAM, InRow, SearchQuerySet

ORDER = ("sort_key", "id")


class IsShort(Func):
    """Whether a text has its place in the index; the few others are read from their rows.

    PostgreSQL compares these words with the index's own, so they are never parameters.
    """

    template = "(octet_length(%(expressions)s) < 1500)"
    output_field = BooleanField()


class IsLong(IsShort):
    """Whether a text is longer than an index can hold."""

    template = "(octet_length(%(expressions)s) >= 1500)"


def index_of(table: str) -> list[str]:
    """Return the statements that build the index: one part holds short texts, one names long."""
    short, long = (it.template % {"expressions": "search_text"} for it in (IsShort, IsLong))
    order = ", ".join(ORDER)
    return [
        f"CREATE INDEX IF NOT EXISTS {table}_walk ON {table} ({order})"
        f" INCLUDE (search_text) WHERE {short}",
        f"CREATE INDEX IF NOT EXISTS {table}_walk_long ON {table} ({order}) WHERE {long}",
    ]


def is_walked(rows: SearchQuerySet[Any], keyset: Keyset, *, text: str) -> bool:
    """Tell whether the index has the order and the words that are looked for."""
    is_built = getattr(rows.model, "IS_WALKED", False)  # not all that is searched is Searchable
    is_there = is_built and connections[rows.db].vendor == "postgresql"
    return is_there and keyset.fields == ORDER and max(map(len, rows.words_of(text))) >= TRIGRAM


def keys_along(
    rows: SearchQuerySet[Any],
    keyset: Keyset,
    *,
    text: str,
    cursor: str | None,
    stretch: int,
    most: int,
) -> list[int]:
    """Return keys of rows with every word among the next ones from a cursor on, in order."""
    fits = InRow(F("search_text"), "\n".join(rows.words_of(text)))
    parts = [
        keyset.stretch(rows.filter(part(F("search_text"))), cursor=cursor, size=stretch)
        for part in (IsShort, IsLong)
    ]
    asked = [part.annotate(fits=fits).values_list(*ORDER, "fits").query for part in parts]
    (short, given), (long, given_too) = (it.sql_with_params() for it in asked)
    order = ", ".join(f"{name} {_direction(parts[0])}" for name in ORDER)
    both = f"({short}) UNION ALL ({long}) ORDER BY {order} LIMIT {stretch:d}"
    with connections[rows.db].cursor() as cursor_there:
        cursor_there.execute(
            f"SELECT id FROM ({both}) AS walked WHERE fits ORDER BY {order} LIMIT {most:d}",  # noqa: S608  compiled above
            (*given, *given_too),
        )
        return [row[0] for row in cursor_there.fetchall()]


def _direction(rows: QuerySet[Any]) -> str:
    first = rows.query.order_by[0]
    return "DESC" if isinstance(first, OrderBy) and first.descending else "ASC"
