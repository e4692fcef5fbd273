"""Filling large tables quickly: rows by the bulk, and indexes built when all of them are there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, models

Model = type[models.Model]
INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes",
}


class Table:
    """The columns of a model with their defaults, into which rows name what differs."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.fields = {it.attname: it for it in model._meta.concrete_fields if not it.generated}
        self.usual = {name: _usual(it) for name, it in self.fields.items()}
        self.prepare = {
            name: way
            for name, it in self.fields.items()
            if (way := _prepared(it, is_sqlite=connection.vendor == "sqlite"))
        }
        self.made: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> None:
        """Keep one row for the next portion."""
        for name in self.prepare.keys() & values.keys():
            values[name] = self.prepare[name](values[name])
        self.made.append(tuple({**self.usual, **values}.values()))

    def write(self) -> None:
        """Write what was kept, in the quickest way that each database knows."""
        options = self.model._meta
        names = ", ".join(f'"{it.column}"' for it in self.fields.values())
        if connection.vendor == "postgresql":
            copied = f"COPY {options.db_table} ({names}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(copied) as copy:
                for row in self.made:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(self.fields))
            into = f"INSERT INTO {options.db_table} ({names}) VALUES ({marks})"
            connection.connection.executemany(into, self.made)
        self.made.clear()


def without_indexes(tables: Iterable[Model]) -> None:
    """Take the indexes of models away that are still there."""
    with connection.schema_editor() as editor:
        for model, index, is_there in _indexes(tables):
            if is_there:
                editor.remove_index(model, index)


def with_indexes(tables: Iterable[Model]) -> None:
    """Build the indexes of models that are not there."""
    for model, index, is_there in _indexes(tables):
        if not is_there:
            with connection.schema_editor() as editor:
                editor.add_index(model, index)


def unsafely_quick() -> None:
    """Let SQLite wait for no disk: what is filled can be filled again."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA synchronous=OFF")
        connection.connection.execute("PRAGMA cache_size=-400000")


def settle() -> None:
    """Do what PostgreSQL does by itself soon after many changes, and SQLite never.

    Until then PostgreSQL opens the row of each key that an index gives it. SQLite would go by
    what it learns here for good: from twelve rows, to read a table from end to end.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _indexes(tables: Iterable[Model]) -> Iterator[tuple[Model, models.Index, bool]]:
    """Yield every index and whether it is there; Django misreads columns that SQLite computes."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    for model in tables:
        yield from ((model, index, index.name in there) for index in model._meta.indexes)


def _usual(column: models.Field[Any, Any]) -> Any:
    """Return what a column holds when nothing is said."""
    if column.has_default():
        return column.get_db_prep_save(column.get_default(), connection)
    return None if column.null else "" if column.empty_strings_allowed else None


def _prepared(column: models.Field[Any, Any], *, is_sqlite: bool) -> Callable[[Any], Any] | None:
    """Return how a value is made ready; what Django itself does takes most of the time."""
    if isinstance(column, models.JSONField):
        return json.dumps
    if is_sqlite and isinstance(column, models.DateTimeField):
        return lambda at: at and str(at.replace(tzinfo=None))
    if is_sqlite and isinstance(column, models.DecimalField):
        return lambda number: number if number is None else f"{number:.2f}"
    return None
