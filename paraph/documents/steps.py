"""Steps on documents that the actions of other apps share. They join the open transaction."""

from __future__ import annotations

from datetime import datetime

from paraph.kit import db
from paraph.kit.ids import document_id
from paraph.people.models import Employee

from .models import Document, Revision, RevisionKind


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
