"""What can be done with documents: add, rename, delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal.actors import SYSTEM, Actor
from paraph.kit import db, files, ids
from paraph.people.models import Employee

from .events import DocumentAdded, DocumentDeleted, DocumentHandedOver
from .intake import TakenIn, Upload, take_in
from .models import Document, Revision, RevisionKind
from .refusals import CannotDelete
from .steps import retitle

STRETCH = 200


def add_document(
    uploads: Sequence[Upload], *, title: str, responsible: Employee, by: Actor, at: datetime
) -> Document:
    """Make a document of one PDF, or of pictures; raises ``CannotUse`` for what cannot be used.

    Foreign files are opened, and bytes are stored, before the transaction begins.
    """
    taken = take_in(uploads)
    stored = [(RevisionKind.UPLOADED, upload.content) for upload in uploads]
    stored.append((RevisionKind.ORIGINAL, taken.original))
    revisions = [
        Revision(kind=kind, sha256=files.put(content), size=len(content), created_at=at)
        for kind, content in stored
    ]
    document = Document(title=title, responsible=responsible, created_at=at)
    _describe(document, taken)
    _keep(document, revisions, by=by, at=at)
    return document


@db.transaction
def rename_document(document: Document, *, title: str, by: Actor, at: datetime) -> None:
    """Give a document another title."""
    document.lock()
    retitle(document, title=title, by=by, at=at)


@db.transaction
def delete_document(document: Document, *, by: Actor, at: datetime) -> None:
    """Delete a document that is part of no envelope."""
    document.lock()
    deleted = DocumentDeleted(document_id=document.pk, title=document.title)
    try:
        document.delete()
    except ProtectedError:
        raise CannotDelete(
            _("“%s” is being signed, or was. Delete its draft first; what was sent is kept.")
            % deleted.title
        ) from None
    journal.record(deleted, by=by, at=at)


@db.transaction
def hand_over_documents(leaver: Employee, *, heir: Employee, at: datetime) -> bool:
    """Give the heir the next stretch; tell whether there may be more."""
    rows = Document.objects.select_for_update().filter(responsible=leaver).order_by("pk")
    stretch = list(rows[:STRETCH])
    Document.objects.filter(pk__in=[row.pk for row in stretch]).update(responsible=heir)
    changes = {"responsible": [leaver.name, heir.name]}
    for row in stretch:
        fact = DocumentHandedOver(document_id=row.pk, changes=changes)
        journal.record(fact, by=SYSTEM, at=at)
    return len(stretch) == STRETCH


def _describe(document: Document, taken: TakenIn) -> None:
    document.code = ids.document_id()
    document.pages = taken.pages
    document.removed = taken.removed
    document.was_signed = taken.was_signed
    document.make_searchable(document.title, document.code, sort_by=document.title)


@db.transaction
def _keep(document: Document, revisions: Sequence[Revision], *, by: Actor, at: datetime) -> None:
    document.save()
    for number, revision in enumerate(revisions, start=1):
        revision.document, revision.number = document, number
    Revision.objects.bulk_create(revisions)
    added = DocumentAdded(
        document_id=document.pk,
        title=document.title,
        sha256=revisions[-1].sha256,
        pages=document.page_count,
        removed=list(document.removed),
    )
    journal.record(added, by=by, at=at)
