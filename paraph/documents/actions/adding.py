"""How a document comes in: bytes are looked at first, then everything is stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paraph import journal
from paraph.journal.actors import Actor
from paraph.kit import db, files, ids
from paraph.people.models import Employee

from ..events import DocumentAdded
from ..intake import TakenIn, Upload, take_in
from ..models import Document, Revision, RevisionKind


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
