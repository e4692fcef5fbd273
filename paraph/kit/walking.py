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
    is_there = rows.IS_WALKED and connections[rows.db].vendor == "postgresql"
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
    asked = [part.annotate(fits=fits).values_list(*ORDER, "fits") for part in parts]
    (short, given), (long, given_too) = (it.query.sql_with_params() for it in asked)
    is_down = any(isinstance(it, OrderBy) and it.descending for it in parts[0].query.order_by)
    order = _order(ORDER, is_down=is_down)
    both = f"({short}) UNION ALL ({long}) ORDER BY {order} LIMIT {stretch:d}"
    walk = f"SELECT id FROM ({both}) AS walked WHERE fits ORDER BY {order} LIMIT {most:d}"  # noqa: S608  compiled above
    return _keys(rows, walk, (*given, *given_too))


def some_in_order(
    rows: QuerySet[Any], keyset: Keyset, *, most: int, apart: int, rare: int
) -> list[int]:
    """Return the keys of some rows, however they are found, and sort no more than those.

    Where keys lie ``apart`` in the mean (0: nowhere), few more follow, and all up to ``rare``
    are returned: PostgreSQL goes on where it stopped. Asked again, it would begin anew.
    """
    limit = rare if apart else most
    found, given = rows.order_by().values_list(*keyset.fields)[:limit].query.sql_with_params()
    order = _order(keyset.fields, is_down=keyset.descending)
    if not apart:
        return _keys(rows, f"SELECT id FROM ({found}) AS few ORDER BY {order}", given)  # noqa: S608  compiled
    asked = (
        f"WITH found AS MATERIALIZED ({found}),"  # noqa: S608  compiled
        f" few AS MATERIALIZED (SELECT * FROM found LIMIT {most:d}),"
        f" others AS (SELECT * FROM found LIMIT {limit:d} OFFSET {most:d})"
        " SELECT id FROM (SELECT * FROM few UNION ALL SELECT * FROM others"
        f" WHERE (SELECT MAX(id) - MIN(id) >= {apart * most:d} FROM few)) AS keys ORDER BY {order}"
    )
    return _keys(rows, asked, given)


def _keys(rows: QuerySet[Any], statement: str, given: tuple[Any, ...]) -> list[int]:
    with connections[rows.db].cursor() as cursor:
        cursor.execute(statement, given)
        return [row[0] for row in cursor.fetchall()]


def _order(fields: tuple[str, ...], *, is_down: bool) -> str:
    return ", ".join(f"{name} {'DESC' if is_down else 'ASC'}" for name in fields)
