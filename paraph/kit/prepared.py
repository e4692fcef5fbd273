"""Questions that every page asks: written once for each connection, asked with other values.

To write a small question takes Django several times as long as the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators

Answer = TypeVar("Answer")


class NotPrepared(TypeError):
    """A question asks for what is not read here; Django answers it, and this would not."""


@dataclass(frozen=True)
class Gap:
    """Where a value goes into a statement."""

    name: str


def given(name: str) -> Value:
    """Stand for a value in a filter: ``Preset.objects.filter(owner=given("owner"))``.

    It is never null, and no pattern: Django writes those in ways of their own.
    """
    return Value(Gap(name))


class Prepared(Generic[Answer]):
    """A question with gaps. It returns whole models, or the tuples of ``values_list``."""

    def __init__(self, question: Callable[[], QuerySet[Any, Answer]]) -> None:
        self.question = question

    def __call__(self, **values: object) -> list[Answer]:
        """Return all rows."""
        return self._statement.rows(values)

    def first(self, **values: object) -> Answer | None:
        """Return the first row, or nothing."""
        return next(iter(self(**values)), None)

    def count(self, **values: object) -> int:
        """Return how many rows there are."""
        return self._statement.count(values)

    @property
    def _statement(self) -> _Statement:
        # What reads a column may be a method of the connection, so each one keeps its own.
        here = connections[DEFAULT_DB_ALIAS]
        kept: dict[Prepared[Any], _Statement] = here.__dict__.setdefault("prepared", {})
        if self not in kept:
            kept[self] = _Statement(self.question(), here)
        return kept[self]


class _Statement:
    """A question as one connection writes and reads it."""

    def __init__(self, rows: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> None:
        if not _is_read_alike(rows):
            raise NotPrepared(str(rows.query))
        self.connection = connection
        self.compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        columns: list[Any] = [column for column, _sql, _alias in self.compiler.select or ()]
        self.converters = self.compiler.get_converters(columns)
        self.model: type[models.Model] | None = rows.model if rows.query.default_cols else None
        self.names: list[str] = []
        self.related: list[Any] = []
        if self.model:
            info = self.compiler.klass_info
            assert info
            self.names = [columns[number].target.attname for number in info["select_fields"]]
            populators: Any = get_related_populators  # its stubs are of the next Django
            self.related = populators(info, self.compiler.select, connection.alias)

    def rows(self, values: Mapping[str, object]) -> list[Any]:
        """Ask with these values, and read the rows as Django would."""
        found: Any = self._answer(self.sql, values)
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        if not self.model:
            return [tuple(row) for row in found]
        return [self._whole(self.model, row) for row in found]

    def _whole(self, model: type[models.Model], row: Sequence[Any]) -> models.Model:
        """Return a row's model, with those that were selected along with it."""
        made = model.from_db(self.connection.alias, self.names, row[: len(self.names)])
        for along in self.related:
            along.populate(row, made)
        return made

    def count(self, values: Mapping[str, object]) -> int:
        """Count with these values."""
        [[number]] = self._answer(f"SELECT COUNT(*) FROM ({self.sql}) counted", values)  # noqa: S608  Django's own
        return int(number)

    def _answer(self, sql: str, values: Mapping[str, object]) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, [self._filled(it, values) for it in self.params])
            found: list[Any] = cursor.fetchall()
        return found

    def _filled(self, param: Any, values: Mapping[str, object]) -> Any:
        """Return what the driver is given, which takes whatever a column holds."""
        value = values[param.name] if isinstance(param, Gap) else param
        if value is None and isinstance(param, Gap):  # "= NULL" finds nothing, whatever is there
            raise NotPrepared(f"{param.name} is nothing")
        if isinstance(value, datetime):
            return self.connection.ops.adapt_datetimefield_value(value)
        return value


def _is_read_alike(rows: QuerySet[Any, Any]) -> bool:
    """Tell whether rows are read as Django reads them: whole models as they are, or tuples."""
    if rows._iterable_class is ValuesListIterable:
        return True
    further = rows.query.annotation_select or vars(rows)["_prefetch_related_lookups"]
    return rows._iterable_class is ModelIterable and not further
