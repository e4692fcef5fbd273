"""Moments as numbers, kept beside them by the database: what figures subtract and add up."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class Second(models.Func):
    """In which second since 1970 a moment lies."""

    arity = 1
    output_field = models.BigIntegerField()
    # The epoch of a difference: PostgreSQL keeps nothing that may depend on a time zone.
    template = (
        "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s - TIMESTAMPTZ '1970-01-01 00:00+00'))"
        " AS bigint)"
    )

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Read the text that SQLite keeps up to its seconds: it would round them."""
        template = "unixepoch(SUBSTR(%(expressions)s, 1, 19))"
        return super().as_sql(compiler, connection, template=template, **extra)


def second_of(moment: str | models.Func) -> models.GeneratedField:
    """Return a column that says in which second a moment of the same row lies."""
    return models.GeneratedField(
        expression=Second(moment), output_field=models.BigIntegerField(), db_persist=True
    )
