"""Steps on documents that the actions of other apps share. They join the open transaction."""

from __future__ import annotations

from datetime import datetime

from paraph import journal
from paraph.journal.actors import Actor
from paraph.kit import db
from paraph.kit.ids import document_id
from paraph.people.models import Employee

from .events import DocumentRenamed
from .models import Document, Revision, RevisionKind


@db.transaction_required
def retitle(document: Document, *, title: str, by: Actor, at: datetime) -> None:
    """Give a document another title, and remember the one it had."""
    before = document.title
    if title == before:
        return

    document.title = title
    document.make_searchable(title, document.code, sort_by=title)
    document.save(update_fields=["title", "search_text", "sort_key"])
    renamed = DocumentRenamed(document_id=document.pk, title=title, before=before)
    journal.record(renamed, by=by, at=at)


@db.transaction_required
def freeze(document: Document, *, at: datetime) -> None:
    """Keep the bytes as they are from here on: they are what is sent."""
    document.lock()
    document.frozen_at = document.frozen_at or at
    document.save(update_fields=["frozen_at"])


@db.transaction_required
def copy_document(document: Document, *, responsible: Employee, at: datetime) -> Document:
    """Make a document of the same bytes as uploaded, with an id and a history of its own."""
    copy = Document(
        code=document_id(),
        title=document.title,
        responsible=responsible,
        is_shared=document.is_shared,
        pages=document.pages,
        was_signed=document.was_signed,
        removed=document.removed,
        source=document.source,
        template=document.template,
        deal=document.deal,
        number=document.number,
        created_at=at,
    )
    copy.make_searchable(copy.title, copy.code, sort_by=copy.title)
    copy.save()
    unsigned = document.revisions.filter(kind__in=[RevisionKind.UPLOADED, RevisionKind.ORIGINAL])
    Revision.objects.bulk_create(
        Revision(
            document=copy,
            number=revision.number,
            kind=revision.kind,
            sha256=revision.sha256,
            size=revision.size,
            created_at=at,
        )
        for revision in unsigned
    )
    return copy
