"""Long work in the background: a few seconds at a time, so that batches share the worker."""

import logging
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paraph.kit import db, files
from paraph.kit.jobs import enqueue, job

from . import actions, kinds
from .models import Batch

logger = logging.getLogger(__name__)

TURN_SECONDS = 2.0
GIVE_WAY_SECONDS = 0.12
"""Between two stretches; who waits for SQLite's only writer looks every 0.1 seconds."""
STANDING_STILL = timedelta(minutes=10)


class Cancelled(Exception):
    """The owner has asked a batch that writes a file to stop."""


@job(queue="batches", priority=-5, retries=actions.MOST_FAILURES)
def work_on_batch(batch_id: int) -> None:
    """Take a batch further for one turn, then let the others have theirs."""
    batch = Batch.objects.select_related("owner").get(pk=batch_id)
    if not batch.is_open:
        return
    try:
        _take_turn(batch)
    except Exception:
        if actions.note_failure(batch, at=datetime.now(UTC)):
            raise
        logger.exception("Batch %s failed for good", batch_id)
        if batch.is_open:
            _take_up(batch)


@job(queue="batches", priority=-5)
def mend_standing() -> None:
    """Take up again what stands still: its order was lost, or killed its worker too often."""
    since = datetime.now(UTC) - STANDING_STILL
    for batch in Batch.objects.standing_still(since=since):
        _take_up(batch)


@job(queue="batches", priority=-5)
def sweep_results() -> None:
    """Forget the files and refused rows of old batches."""
    for batch in Batch.objects.with_old_results(at=datetime.now(UTC)):
        actions.forget_results(batch)


@db.joining
def _take_up(batch: Batch) -> None:
    enqueue(work_on_batch, batch_id=batch.pk, once=f"batch-{batch.pk}")


def _take_turn(batch: Batch) -> None:
    if kinds.find(batch.kind).write:
        return _write_file(batch)
    until = time.monotonic() + TURN_SECONDS
    while more := actions.advance_batch(batch, at=datetime.now(UTC)):
        if time.monotonic() > until:
            break
        time.sleep(GIVE_WAY_SECONDS)
    if more:
        _take_up(batch)


def _write_file(batch: Batch) -> None:
    """Write the whole file beside the store, then keep it; a killed worker leaves nothing."""
    write = kinds.find(batch.kind).write
    assert write

    def tick(done: int) -> None:
        if not actions.note_progress(batch, done=done, at=datetime.now(UTC)):
            raise Cancelled

    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "file"
        try:
            with draft.open("wb") as file:
                write(batch, file, tick)
        except Cancelled:
            return actions.stop_batch(batch, at=datetime.now(UTC))
        actions.finish_file(batch, sha256=files.keep(draft), at=datetime.now(UTC))
