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

from ..events import DocumentDestroyed, RetentionRefused
from ..gone import GoneDocument
from ..models import Cause, Doomed, Gate, SignedFile, Tombstone, Trace
from ..queries import due_files, years_in_force
from ..refusals import NotHere, OnHold

STRETCH = 20
"""Taken away in about half a second, in which nobody else may write to SQLite."""


@db.transaction
def destroy_file(file: SignedFile, *, by: Employee, at: datetime) -> Tombstone:
    """Take one signed document away before its time; never what is on hold."""
    return take_away(file, by=by, at=at)


@db.transaction
def destroy_again(file: SignedFile, *, gone: GoneDocument, at: datetime) -> None:
    """Take away what had gone before an earlier copy was restored; never what is on hold."""
    tomb = _tombstone(_loose(file), cause=gone.cause, at=gone.at)
    tomb.years = gone.years
    tomb.destroyed_by = Employee.objects.filter(pk=gone.by or 0).first()
    _bury(file, tomb, by=SYSTEM, at=at)


@db.transaction_required
def take_away(file: SignedFile, *, by: Employee, at: datetime) -> Tombstone:
    """Take one file away inside an action or a stretch of long work."""
    tomb = _tombstone(_loose(file), cause=Cause.BY_HAND, at=at)
    tomb.destroyed_by = by
    _bury(file, tomb, by=by.actor, at=at)
    return tomb


@db.transaction_required
def _loose(file: SignedFile) -> SignedFile:
    """Close the gate, and return the file locked if nothing keeps it."""
    Gate.close()
    try:
        file.lock()
    except SignedFile.DoesNotExist:
        raise NotHere(_("“%s” is not kept here any more.") % file.title) from None
    refuse_held(file)
    return file


def refuse_held(file: SignedFile) -> None:
    """Raise while a hold keeps the file."""
    if SignedFile.objects.held().filter(pk=file.pk).exists():
        raise OnHold(_("“%s” is on hold. Lift the hold first.") % file.title)


@db.transaction
def destroy_due(*, at: datetime, after: int = 0, size: int = STRETCH) -> int | None:
    """Take away the next files whose retention has ended; tell where to go on, if anywhere.

    Who is killed in the middle has taken nothing away: the next run begins where this one did.
    """
    Gate.close()
    years = years_in_force(at=at)
    due = due_files(years, at=at).filter(pk__gt=after)
    files = list(due.select_for_update(of=("self",))[:size])
    last = files[-1].pk if files else None
    for file in files:
        tomb = _tombstone(file, cause=Cause.RETENTION, at=at)
        tomb.years = years[file.document_class]
        _bury(file, tomb, by=SYSTEM, at=at)
    return last if len(files) == size else None


@db.transaction
def pass_over(*, after: int, why: str, at: datetime) -> int | None:
    """Leave the next due file where it is, since something refuses, and tell of it."""
    due = due_files(years_in_force(at=at), at=at).filter(pk__gt=after)
    if (file := due.first()) is None:
        return None
    refused = RetentionRefused(file.document_id, file.envelope_id, why)
    journal.record(refused, by=SYSTEM, at=at)
    return file.pk


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
