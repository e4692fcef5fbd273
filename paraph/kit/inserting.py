"""Writes many new rows in few statements, for long work.

``bulk_create`` spends most of its time on asking each field about each value: half of what an
import takes. What is written here is plain: no field computes its value on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
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
    quote = connection.ops.quote_name
    assert model._meta.pk
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    statement = f"INSERT INTO {table} ({columns}) VALUES {marks} RETURNING {key}"  # noqa: S608
    # As with Django's own: who catches the error may not commit what belongs to these rows.
    undoing = transaction.mark_for_rollback_on_error(using=connection.alias)
    with undoing, connection.cursor() as cursor:
        cursor.execute(statement, [*_prepared(fields, rows, connection)])
        return [number for (number,) in cursor.fetchall()]


def _prepared(
    fields: Sequence[AnyField], rows: Sequence[Values], connection: BaseDatabaseWrapper
) -> Iterator[Any]:
    """Yield the values row by row, in the form that the database takes."""
    ways = [_way(field, connection) for field in fields]
    for row in rows:
        for value, way in zip(row, ways, strict=True):
            yield way(value) if way else value


def _way(field: AnyField, connection: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """Return what makes a value fit for the database; nothing where it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, PLAIN):
        return None
    return partial(field.get_db_prep_save, connection=connection)
