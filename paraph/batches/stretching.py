"""How long work walks through the rows that somebody chose: by key, so that none comes twice."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from .models import Batch

Row = TypeVar("Row", bound=Model)
STRETCH = 200
"""Written in about half a second, in which nobody else may write to SQLite."""


def next_rows(batch: Batch, rows: QuerySet[Row], *, size: int = STRETCH) -> list[Row]:
    """Return the rows of the next stretch, held until its transaction ends.

    Rows that were made after the work was ordered (``given["until"]``) are not among them.
    """
    until = batch.given.get("until")
    return next_traces(batch, rows.filter(pk__lte=until) if until else rows, size=size)


def next_traces(batch: Batch, traces: QuerySet[Row], *, size: int = STRETCH) -> list[Row]:
    """Return the next of what the work has left behind; its keys are not those of the rows."""
    ahead = traces.filter(pk__gt=batch.cursor or 0)
    return list(ahead.select_for_update(of=("self",)).order_by("pk")[:size])


def after(rows: list[Row], *, size: int = STRETCH) -> int | None:
    """Return where the next stretch begins; nothing when these were the last rows."""
    return rows[-1].pk if len(rows) == size else None
