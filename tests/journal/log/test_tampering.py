"""Somebody who may write to the database and the files cannot change the log unnoticed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from paraph.journal.log.sequencing import open_shard
from paraph.journal.log.verifying import verify_log
from paraph.journal.models import LogCheckpoint
from tests.append_only import growing_tables
from tests.journal.log.deeds import logged
from tests.journal.log.tampering import ROWS, cut_off, entry_at, found_after, sql
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, SECOND = 600, 400
MUTATIONS = 1000


@pytest.fixture
def log(db: None) -> None:
    """A log of two shards and 1,000 entries whose tables an administrator has unlocked."""
    logged(FIRST - 1)
    open_shard(at=NOON)
    logged(SECOND - 1, first=FIRST)
    assert verify_log() == []
    growing_tables(are_locked=False)


def test_a_changed_row_is_found_and_named(log: None) -> None:
    chance = random.Random(6962)

    for number in range(MUTATIONS):
        shard = chance.randrange(2)
        place = (shard, chance.randrange(1, (FIRST, SECOND)[shard] - 1))
        found = found_after(ROWS[number % len(ROWS)], place)
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

    sql("UPDATE journal_logcheckpoint SET note = %s WHERE id = %s", forged, checkpoint.pk)

    assert verify_log()[0].shard == 0


def test_a_log_cut_off_everywhere_contradicts_a_delivered_file(log: None) -> None:
    """Rows, checkpoints and files are all gone; only a party's copy still has the checkpoint."""
    delivered = LogCheckpoint.objects.latest("pk")
    cut_off((1, 1))
    sql("DELETE FROM journal_logcheckpoint WHERE id = %s", delivered.pk)
    sql("UPDATE journal_logshard SET size = 1, published = 0 WHERE number = 1")
    sql("DELETE FROM journal_payload WHERE fact_id > %s", entry_at((1, 0)).pk)

    found = verify_log(witnessed=[delivered.note])

    assert (found[0].shard, found[0].index) == (1, 0)
