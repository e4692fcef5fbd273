"""Somebody who may write to the database and the files cannot change the log unnoticed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from paraph.journal.log.sequencing import open_shard
from paraph.journal.log.verifying import verify_log
from paraph.journal.models import LogCheckpoint, LogEntry
from tests.append_only import growing_tables
from tests.journal.log.deeds import logged
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, SECOND = 600, 400
MUTATIONS = 1000
Place = tuple[int, int]


def _sql(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _entry(place: Place) -> LogEntry:
    return LogEntry.objects.get(shard__number=place[0], index=place[1])


def _edit_commitment(place: Place) -> None:
    _sql("UPDATE journal_fact SET commitment = %s WHERE id = %s", "0" * 64, _entry(place).pk)


def _edit_event(place: Place) -> None:
    _sql("UPDATE journal_fact SET event = 'bell.hung' WHERE id = %s", _entry(place).pk)


def _edit_moment(place: Place) -> None:
    _sql("UPDATE journal_fact SET at = '2026-01-01 00:00:00+00' WHERE id = %s", _entry(place).pk)


def _edit_words(place: Place) -> None:
    _sql(
        "UPDATE journal_payload SET canonical = canonical || ' ' WHERE fact_id = %s",
        _entry(place).pk,
    )


def _delete_row(place: Place) -> None:
    _sql("DELETE FROM journal_logentry WHERE fact_id = %s", _entry(place).pk)


def _cut_off(place: Place) -> None:
    entry = _entry(place)
    statement = 'DELETE FROM journal_logentry WHERE shard_id = %s AND "index" >= %s'
    _sql(statement, entry.shard_id, place[1])


def _swap(place: Place) -> None:
    """Exchange an entry with the one after it."""
    one, other = _entry(place), _entry((place[0], place[1] + 1))
    statement = 'UPDATE journal_logentry SET "index" = %s WHERE fact_id = %s'
    for index, entry in ((10**6, one), (one.index, other), (other.index, one)):
        _sql(statement, index, entry.pk)


ROWS = [
    _edit_commitment,
    _edit_event,
    _edit_moment,
    _edit_words,
    _delete_row,
    _cut_off,
    _swap,
]


@pytest.fixture
def log(db: None) -> None:
    """A log of two shards and 1,000 entries whose tables an administrator has unlocked."""
    logged(FIRST - 1)
    open_shard(at=NOON)
    logged(SECOND - 1, first=FIRST)
    assert verify_log() == []
    growing_tables(are_locked=False)


class _Undone(Exception):
    """Takes a change back."""


def _found_after(change: Callable[[Place], None], place: Place) -> list[tuple[int, int]]:
    findings: list[tuple[int, int]] = []
    try:
        with transaction.atomic():
            change(place)
            findings = [(finding.shard, finding.index) for finding in verify_log()]
            raise _Undone
    except _Undone:
        return findings


def test_a_changed_row_is_found_and_named(log: None) -> None:
    chance = random.Random(6962)

    for number in range(MUTATIONS):
        shard = chance.randrange(2)
        place = (shard, chance.randrange(1, (FIRST, SECOND)[shard] - 1))
        found = _found_after(ROWS[number % len(ROWS)], place)
        assert found[0] == place, ROWS[number % len(ROWS)].__name__


def test_a_changed_file_is_found_and_named(log: None, installation: Path) -> None:
    chance = random.Random(9162)
    files = sorted((installation / "files" / "log").rglob("*"))

    for file in [file for file in files if file.is_file()]:
        content = bytearray(file.read_bytes())
        at = chance.randrange(len(content))
        content[at] ^= 1
        file.write_bytes(content)
        assert verify_log(), file
        content[at] ^= 1
        file.write_bytes(content)

    assert verify_log() == []


def test_a_forged_checkpoint_is_found(log: None) -> None:
    checkpoint = LogCheckpoint.objects.earliest("pk")
    forged = checkpoint.note.replace("\n600\n", "\n599\n")

    _sql("UPDATE journal_logcheckpoint SET note = %s WHERE id = %s", forged, checkpoint.pk)

    assert verify_log()[0].shard == 0


def test_a_log_cut_off_everywhere_contradicts_a_delivered_file(log: None) -> None:
    """Rows, checkpoints and files are all gone; only a party's copy still has the checkpoint."""
    delivered = LogCheckpoint.objects.latest("pk")
    _cut_off((1, 1))
    _sql("DELETE FROM journal_logcheckpoint WHERE id = %s", delivered.pk)
    _sql("UPDATE journal_logshard SET size = 1, published = 0 WHERE number = 1")
    _sql("DELETE FROM journal_payload WHERE fact_id > %s", _entry((1, 0)).pk)

    found = verify_log(witnessed=[delivered.note])

    assert (found[0].shard, found[0].index) == (1, 0)
