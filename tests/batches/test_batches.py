"""Long work: its stretches are kept, it can be cancelled and undone, and it ends in a letter."""

from datetime import timedelta

import pytest

from paraph.batches.actions import (
    CannotCancel,
    advance_batch,
    begin_batch,
    cancel_batch,
    note_failure,
    start_batch,
    undo_batch,
)
from paraph.batches.jobs import mend_standing, sweep_results
from paraph.batches.models import KEPT_DAYS, Batch, BatchState
from paraph.kit import files
from paraph.messaging.models import Message
from tests.batches import kinds
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _anew() -> None:
    kinds.forget()


def _begun(cast: Cast, kind: str = "tests.look") -> Batch:
    return begin_batch(kind, given={}, total=kinds.ROWS, owner=cast.alice, at=NOON)


def test_long_work_ends_in_a_report_and_a_letter(cast: Cast) -> None:
    batch = start_batch("tests.look", given={}, total=kinds.ROWS, owner=cast.alice, at=NOON)

    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.changed) == (BatchState.DONE, 7, 6)
    assert [(row.what, row.why) for row in batch.refusals.all()] == [("Row 5", "It is odd.")]
    assert Message.objects.get(kind="batch_finished").recipient == cast.alice.email


def test_work_that_its_owner_waits_for_sends_no_letter(cast: Cast) -> None:
    batch = _begun(cast)

    while advance_batch(batch, at=NOON):
        pass

    assert kinds.seen == list(range(7))
    assert not Message.objects.filter(kind="batch_finished").exists()


def test_a_stretch_that_fails_leaves_the_batch_where_it_was(cast: Cast) -> None:
    batch = _begun(cast)
    advance_batch(batch, at=NOON)
    kinds.trouble.append("the worker died")

    with pytest.raises(ArithmeticError):
        advance_batch(batch, at=NOON)

    batch.refresh_from_db()
    assert (batch.cursor, batch.done) == (3, 3)


def test_a_cancelled_batch_stops_after_its_stretch(cast: Cast) -> None:
    batch = _begun(cast)
    advance_batch(batch, at=NOON)

    cancel_batch(batch, by=cast.alice.actor, at=NOON)

    assert not advance_batch(batch, at=NOON)
    assert (batch.state, kinds.seen) == (BatchState.CANCELLED, [0, 1, 2])
    with pytest.raises(CannotCancel):
        cancel_batch(batch, by=cast.alice.actor, at=NOON)


def test_a_finished_batch_is_taken_back(cast: Cast) -> None:
    batch = start_batch("tests.look", given={}, total=None, owner=cast.alice, at=NOON)
    batch.refresh_from_db()

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    batch.refresh_from_db()
    assert (batch.state, kinds.taken_back) == (BatchState.UNDONE, list(range(7)))


def test_a_batch_that_fails_too_often_has_failed(cast: Cast) -> None:
    batch = _begun(cast)

    goes_on = [note_failure(batch, at=NOON) for _time in range(5)]

    assert goes_on == [True, True, True, True, False]
    assert batch.state == BatchState.FAILED


def test_a_file_is_kept_for_its_owner(cast: Cast) -> None:
    batch = start_batch("tests.write", given={}, total=7, owner=cast.alice, at=NOON)

    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.DONE, 7)
    assert files.get(batch.file) == b"0\n1\n2\n3\n4\n5\n6\n"


def test_everybody_sees_only_their_own_long_work(cast: Cast) -> None:
    _begun(cast)

    assert Batch.objects.visible_to(cast.alice).count() == 1
    assert not Batch.objects.visible_to(cast.olga).exists()


def test_whole_work_that_is_cancelled_is_taken_back(cast: Cast) -> None:
    batch = _begun(cast, "tests.whole")
    advance_batch(batch, at=NOON)

    cancel_batch(batch, by=cast.alice.actor, at=NOON)
    while advance_batch(batch, at=NOON):
        pass

    assert (batch.state, kinds.taken_back) == (BatchState.CANCELLED, [0, 1, 2])


def test_whole_work_that_fails_for_good_is_taken_back_first(cast: Cast) -> None:
    batch = _begun(cast, "tests.whole")
    advance_batch(batch, at=NOON)

    for _time in range(5):
        note_failure(batch, at=NOON)
    while advance_batch(batch, at=NOON):
        pass

    assert (batch.state, kinds.taken_back) == (BatchState.FAILED, [0, 1, 2])


def test_what_stands_still_is_taken_up_again(cast: Cast) -> None:
    batch = _begun(cast)  # and whoever waited for it has gone

    mend_standing()

    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.DONE, 7)


def test_files_and_refused_rows_are_forgotten_after_a_week(cast: Cast) -> None:
    batch = start_batch("tests.write", given={}, total=7, owner=cast.alice, at=NOON)
    batch.refresh_from_db()
    kept, name = Batch.objects.get(pk=batch.pk), batch.file
    sweep_results()
    assert files.get(name)

    kept.finished_at = NOON - timedelta(days=KEPT_DAYS + 1)
    kept.save(update_fields=["finished_at"])
    sweep_results()

    kept.refresh_from_db()
    assert (kept.file, kept.done) == ("", 7)
    with pytest.raises(FileNotFoundError):
        files.get(name)
