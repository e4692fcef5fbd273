"""Writes many new rows in few statements, for long work.

``bulk_create`` spends most of its time on asking each field about each value: half of what an
import takes. What is written here is plain: no field computes its value on the way. PostgreSQL
takes many rows by COPY, which neither side has to parse as a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import db

AnyField = models.Field[Any, Any]
Values = Sequence[Any]
"""What one row holds, column by column."""
PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)
"""Their values are passed on as they are."""
MOST_PARAMETERS = 30_000
"""SQLite takes 32,766 of them, PostgreSQL more."""
WORTH_COPYING = 20
"""So many rows; fewer are written sooner by one statement than by asking for their keys first."""


@db.transaction_required
def insert_many(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model and tell them their numbers."""
    if not rows:
        return
    model = type(rows[0])
    own = model._meta.auto_field
    names = [field.attname for field in model._meta.concrete_fields if field is not own]
    values = [[row.__dict__[name] for name in names] for row in rows]
    for row, number in zip(rows, insert_values(model, names, values), strict=True):
        row.pk = number
        row._state.adding, row._state.db = False, router.db_for_write(model)


@db.transaction_required
def insert_values(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Values]
) -> list[Any]:
    """Write values under the names of their columns (``company_id``); return the rows' keys."""
    connection = connections[router.db_for_write(model)]
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    if connection.vendor == "postgresql" and len(rows) >= WORTH_COPYING:
        return _copied(model, fields, rows, connection)
    size = max(1, MOST_PARAMETERS // len(fields))
    keys: list[Any] = []
    for begin in range(0, len(rows), size):
        keys += _written(model, fields, rows[begin : begin + size], connection)
    return keys


def _written(
    model: type[models.Model],
    fields: Sequence[AnyField],
    rows: Sequence[Values],
    connection: BaseDatabaseWrapper,
) -> list[Any]:
    table, columns, key = _names(model, fields, connection)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    statement = f"INSERT INTO {table} ({columns}) VALUES {marks} RETURNING {key}"  # noqa: S608
    # As with Django's own: who catches the error may not commit what belongs to these rows.
    undoing = transaction.mark_for_rollback_on_error(using=connection.alias)
    with undoing, connection.cursor() as cursor:
        cursor.execute(statement, [*chain.from_iterable(_prepared(fields, rows, connection))])
        return [number for (number,) in cursor.fetchall()]


def _copied(
    model: type[models.Model],
    fields: Sequence[AnyField],
    rows: Sequence[Values],
    connection: BaseDatabaseWrapper,
) -> list[Any]:
    """Write the rows by COPY, which returns no keys: they are drawn before."""
    own = model._meta.pk
    assert own
    undoing = transaction.mark_for_rollback_on_error(using=connection.alias)
    with undoing, connection.wrap_database_errors, connection.cursor() as cursor:
        if own in fields:
            place = fields.index(own)
            keys = [row[place] for row in rows]
        else:
            keys = _drawn(model, len(rows), cursor)
            fields, rows = (
                [*fields, own],
                [(*row, key) for row, key in zip(rows, keys, strict=True)],
            )
        table, columns, _key = _names(model, fields, connection)
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in _prepared(fields, rows, connection):
                copy.write_row(row)
    return keys


def _drawn(model: type[models.Model], count: int, cursor: Any) -> list[Any]:
    """Draw the next keys of a table, which nobody else will get."""
    assert model._meta.pk
    sequence = "SELECT pg_get_serial_sequence(%s, %s)::regclass AS own OFFSET 0"
    statement = f"SELECT nextval(own) FROM ({sequence}) its, generate_series(1, %s)"  # noqa: S608
    cursor.execute(statement, [f'"{model._meta.db_table}"', model._meta.pk.column, count])
    return [number for (number,) in cursor.fetchall()]


def _names(
    model: type[models.Model], fields: Sequence[AnyField], connection: BaseDatabaseWrapper
) -> tuple[str, str, str]:
    """Return table, columns and key as statements name them."""
    quote = connection.ops.quote_name
    assert model._meta.pk
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return quote(model._meta.db_table), columns, quote(str(model._meta.pk.column))


def _prepared(
    fields: Sequence[AnyField], rows: Sequence[Values], connection: BaseDatabaseWrapper
) -> Iterator[list[Any]]:
    """Yield the rows with their values in the form that the database takes."""
    ways = [_way(field, connection) for field in fields]
    special = [(place, _remembering(way)) for place, way in enumerate(ways) if way]
    for row in rows:
        values = list(row)
        for place, way in special:
            values[place] = way(values[place])
        yield values


def _way(field: AnyField, connection: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """Return what makes a value fit for the database; nothing where it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, PLAIN):
        return None
    return partial(field.get_db_prep_save, connection=connection)


def _remembering(way: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Ask once where one value follows itself: a moment is the same in every row."""
    asked: object = way
    answer: Any = None

    def ask(value: Any) -> Any:
        nonlocal asked, answer
        if value is not asked:
            asked, answer = value, way(value)
        return answer

    return ask
