"""What an administrator can do to the rows of the log, and what is found of it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from paraph.journal.log.verifying import verify_log
from paraph.journal.models import LogEntry

Place = tuple[int, int]
"""The number of a shard, and an index in it."""


def sql(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def entry_at(place: Place) -> LogEntry:
    return LogEntry.objects.get(shard__number=place[0], index=place[1])


def _edit_commitment(place: Place) -> None:
    sql("UPDATE journal_fact SET commitment = %s WHERE id = %s", "0" * 64, entry_at(place).pk)


def _edit_event(place: Place) -> None:
    sql("UPDATE journal_fact SET event = 'bell.hung' WHERE id = %s", entry_at(place).pk)


def _edit_moment(place: Place) -> None:
    sql("UPDATE journal_fact SET at = '2026-01-01 00:00:00+00' WHERE id = %s", entry_at(place).pk)


def _edit_words(place: Place) -> None:
    sql(
        "UPDATE journal_payload SET canonical = canonical || ' ' WHERE fact_id = %s",
        entry_at(place).pk,
    )


def _delete_row(place: Place) -> None:
    sql("DELETE FROM journal_logentry WHERE fact_id = %s", entry_at(place).pk)


def cut_off(place: Place) -> None:
    entry = entry_at(place)
    statement = 'DELETE FROM journal_logentry WHERE shard_id = %s AND "index" >= %s'
    sql(statement, entry.shard_id, place[1])


def _swap(place: Place) -> None:
    """Exchange an entry with the one after it."""
    one, other = entry_at(place), entry_at((place[0], place[1] + 1))
    statement = 'UPDATE journal_logentry SET "index" = %s WHERE fact_id = %s'
    for index, entry in ((10**6, one), (one.index, other), (other.index, one)):
        sql(statement, index, entry.pk)


ROWS = [
    _edit_commitment,
    _edit_event,
    _edit_moment,
    _edit_words,
    _delete_row,
    cut_off,
    _swap,
]


class _Undone(Exception):
    """Takes a change back."""


def found_after(change: Callable[[Place], None], place: Place) -> list[tuple[int, int]]:
    findings: list[tuple[int, int]] = []
    try:
        with transaction.atomic():
            change(place)
            findings = [(finding.shard, finding.index) for finding in verify_log()]
            raise _Undone
    except _Undone:
        return findings
