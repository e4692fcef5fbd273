"""Taking signed documents out of the vault for good: a tombstone stays, and every proof."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import SYSTEM, Actor
from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.people.models import Employee
from paraph.signing.removing import Removed, remove_document

from ..events import DocumentDestroyed
from ..models import Cause, Doomed, Gate, SignedFile, Tombstone, Trace
from ..queries import due_files, years_in_force
from ..refusals import OnHold

STRETCH = 20
"""Taken away in about half a second, in which nobody else may write to SQLite."""


@db.transaction
def destroy_file(file: SignedFile, *, by: Employee, at: datetime) -> Tombstone:
    """Take one signed document away before its time; never what is on hold."""
    return take_away(file, by=by, at=at)


@db.transaction_required
def take_away(file: SignedFile, *, by: Employee, at: datetime) -> Tombstone:
    """Take one file away inside an action or a stretch of long work."""
    Gate.close()
    file.lock()
    if SignedFile.objects.held().filter(pk=file.pk).exists():
        raise OnHold(_("“%s” is on hold. Lift the hold first.") % file.title)
    tomb = _tombstone(file, cause=Cause.BY_HAND, at=at)
    tomb.destroyed_by = by
    _bury(file, tomb, by=by.actor, at=at)
    return tomb


@db.transaction
def destroy_due(*, at: datetime) -> bool:
    """Take away the next files whose retention has ended; tell whether there may be more.

    Who is killed in the middle has taken nothing away: the next run begins where this one did.
    """
    Gate.close()
    years = years_in_force(at=at)
    files = list(due_files(years, at=at).select_for_update(of=("self",))[:STRETCH])
    for file in files:
        tomb = _tombstone(file, cause=Cause.RETENTION, at=at)
        tomb.years = years[file.document_class]
        _bury(file, tomb, by=SYSTEM, at=at)
    return len(files) == STRETCH


@db.transaction_required
def _bury(file: SignedFile, tomb: Tombstone, *, by: Actor, at: datetime) -> None:
    """Put up the tombstone, and take away the document under it."""
    tomb.save()
    fault_point("vault-after-tombstone")
    document = file.document
    file.delete()
    removed = remove_document(document)
    fault_point("vault-after-removal")
    _keep_traces(tomb, removed, at=at)
    gone = DocumentDestroyed(
        document_id=tomb.number or 0,
        envelope_id=tomb.envelope_number,
        code=tomb.code,
        cause=tomb.cause,
        years=tomb.years,
    )
    journal.record(gone, by=by, at=at)


@db.transaction_required
def _keep_traces(tomb: Tombstone, removed: Removed, *, at: datetime) -> None:
    """Keep the hashes; the bytes go as soon as nothing else points there."""
    Trace.objects.bulk_create(
        Trace(tombstone=tomb, sha256=it.sha256, kind=it.kind, registered_at=it.created_at)
        for it in removed.revisions
    )
    Doomed.objects.bulk_create(
        (Doomed(sha256=sha256, since=at) for sha256 in sorted(removed.files)),
        ignore_conflicts=True,
    )


def _tombstone(file: SignedFile, *, cause: Cause, at: datetime) -> Tombstone:
    return Tombstone(
        code=file.code,
        document_class=file.document_class,
        number=file.document_id,
        envelope_number=file.envelope_id,
        signatures=file.envelope.parties.filter(signed_at__isnull=False).count(),
        page_count=file.page_count,
        completed_at=file.completed_at,
        destroyed_at=at,
        cause=cause,
        responsible=file.responsible,
        is_shared=file.is_shared,
    )
