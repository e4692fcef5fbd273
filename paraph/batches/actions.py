"""The verbs of long work: order it, take it one stretch further, cancel it, undo it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.kit.pointers import forget_unneeded
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from . import kinds, messages
from .events import BatchFinished, BatchStarted, BatchUndoing
from .kinds import Stretch
from .models import Batch, BatchState, Refusal

MOST_FAILURES = 5

_END = {
    BatchState.RUNNING: BatchState.DONE,
    BatchState.CANCELLING: BatchState.CANCELLED,
    BatchState.UNDOING: BatchState.UNDONE,
    BatchState.FAILING: BatchState.FAILED,
}


class CannotCancel(Refused):
    """The batch has come to its end already."""

    code = "cannot-cancel-batch"


class CannotUndo(Refused):
    """There is nothing to take back."""

    code = "cannot-undo-batch"


@db.transaction
def start_batch(
    kind: str, *, given: Mapping[str, Any], total: int | None, owner: Employee, at: datetime
) -> Batch:
    """Order long work: it runs in the background and ends in a letter to its owner."""
    return order_batch(kind, given=given, total=total, owner=owner, at=at)


@db.transaction
def begin_batch(
    kind: str, *, given: Mapping[str, Any], total: int | None, owner: Employee, at: datetime
) -> Batch:
    """Order work that is short enough to wait for: the caller advances it, no letter is sent."""
    return order_batch(kind, given=given, total=total, owner=owner, at=at, is_quiet=True)


@db.transaction
def advance_batch(batch: Batch, *, at: datetime) -> bool:
    """Do the next stretch and keep what it did in the same transaction; say whether more is left.

    A worker that is killed in between repeats nothing and forgets nothing.
    """
    batch.lock()
    if not batch.is_open:
        return False
    if batch.state == BatchState.CANCELLING and not batch.is_going_back:
        return _finish(batch, BatchState.CANCELLED, at=at)
    kind = kinds.find(batch.kind)
    step = kind.undo if batch.is_going_back else kind.step
    if step is None:
        raise kinds.UnknownKind(batch.kind)
    _keep(batch, step(batch, at), at=at)
    if batch.cursor is None:
        return _finish(batch, _END[BatchState(batch.state)], at=at)
    return True


@db.transaction
def cancel_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Ask the work to stop after the stretch at hand; only what is whole is taken back."""
    batch.lock()
    if not batch.can_be_cancelled:
        raise CannotCancel(_("This has come to its end already."))
    batch.state = BatchState.CANCELLING
    if batch.is_whole:
        batch.cursor, batch.done = None, 0
    batch.save(update_fields=["state", "cursor", "done"])


@db.transaction
def undo_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Take back what a finished batch has changed, in the background."""
    batch.lock()
    if not batch.can_be_undone:
        raise CannotUndo(_("This cannot be undone any more."))
    batch.state, batch.cursor, batch.done, batch.is_quiet = BatchState.UNDOING, None, 0, False
    batch.moved_at = at
    batch.save(update_fields=["state", "cursor", "done", "is_quiet", "moved_at"])
    journal.record(BatchUndoing(batch_id=batch.pk, kind=batch.kind), by=by, at=at)


@db.transaction
def note_progress(batch: Batch, *, done: int, at: datetime) -> bool:
    """Keep how many rows of a file are written; say whether its owner still wants it."""
    batch.lock()
    if batch.state == BatchState.CANCELLING:
        return False
    batch.state, batch.done, batch.moved_at = BatchState.RUNNING, done, at
    batch.save(update_fields=["state", "done", "moved_at"])
    return True


@db.transaction
def finish_file(batch: Batch, *, sha256: str, at: datetime) -> None:
    """Keep the finished file and tell its owner."""
    batch.lock()
    if batch.is_open:
        batch.file = sha256
        _finish(batch, BatchState.DONE, at=at)


@db.transaction
def stop_batch(batch: Batch, *, at: datetime) -> None:
    """End work whose owner has cancelled it."""
    batch.lock()
    if batch.is_open:
        _finish(batch, BatchState.CANCELLED, at=at)


@db.transaction
def note_failure(batch: Batch, *, at: datetime) -> bool:
    """Count a failed attempt; after the last one the batch has failed. Say whether to try again.

    What is whole is taken back before it has failed for good.
    """
    batch.lock()
    batch.failures, batch.moved_at = batch.failures + 1, at
    batch.save(update_fields=["failures", "moved_at"])
    if batch.failures < MOST_FAILURES:
        return True
    if batch.is_whole and not batch.is_going_back:
        batch.state, batch.cursor, batch.done, batch.failures = BatchState.FAILING, None, 0, 0
        batch.save(update_fields=["state", "cursor", "done", "failures"])
        return False
    return _finish(batch, BatchState.FAILED, at=at)


@db.transaction_required
def close_undo(batch: Batch) -> None:
    """Let nobody take it back any more: what that needs is about to be forgotten."""
    batch.undo_closed = True
    batch.save(update_fields=["undo_closed"])


@db.transaction
def forget_results(batch: Batch) -> None:
    """Take away the file and the refused rows; what was done, and how much, stays to be read."""
    batch.lock()
    name, batch.file = batch.file, ""
    batch.save(update_fields=["file"])
    batch.refusals.all().delete()
    forget_unneeded(name)


@db.transaction_required
def order_batch(
    kind: str,
    *,
    given: Mapping[str, Any],
    total: int | None,
    owner: Employee,
    at: datetime,
    is_quiet: bool = False,
) -> Batch:
    """Order long work inside another app's action; ``is_quiet``: whoever calls advances it."""
    kinds.find(kind)
    batch = Batch.objects.create(
        kind=kind,
        given=dict(given),
        total=total,
        owner=owner,
        language=owner.language,
        file_name=given.get("file_name", ""),
        is_quiet=is_quiet,
        started_at=at,
        moved_at=at,
    )
    started = BatchStarted(batch_id=batch.pk, kind=kind, is_quiet=is_quiet)
    journal.record(started, by=owner.actor, at=at)
    return batch


@db.transaction_required
def _keep(batch: Batch, stretch: Stretch, *, at: datetime) -> None:
    batch.cursor, batch.failures, batch.moved_at = stretch.after, 0, at
    batch.done += stretch.done
    if not batch.is_going_back:
        batch.state = BatchState.RUNNING
        batch.changed += stretch.changed
        batch.refused += len(stretch.refused)
    Refusal.objects.bulk_create(
        Refusal(batch=batch, what=what[:200], why=why[:400], is_undo=batch.is_going_back)
        for what, why in stretch.refused
    )
    batch.save()


@db.transaction_required
def _finish(batch: Batch, state: BatchState, *, at: datetime) -> bool:
    """End the batch; always false, for nothing is left to do."""
    batch.state, batch.finished_at = state, at
    batch.save()
    finished = BatchFinished(
        batch_id=batch.pk,
        kind=batch.kind,
        state=state,
        done=batch.done,
        changed=batch.changed,
        refused=batch.refused,
    )
    journal.record(finished, by=batch.owner.actor, at=at)
    if not batch.is_quiet:
        deliver(messages.batch_finished(batch), once=f"batch-{batch.pk}-{state}", at=at)
    return False
