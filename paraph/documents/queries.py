"""What pages need to know about documents."""

from __future__ import annotations

from paraph.kit.paging import Keyset, Page
from paraph.people.models import Employee

from .models import Document, Revision, RevisionKind

NEWEST_FIRST = Keyset(("created_at", "id"), descending=True)
PAGE_SIZE = 50


def document_page(person: Employee, *, search: str, cursor: str | None) -> Page[Document]:
    """Return one stretch of the documents as this person may see them."""
    rows = Document.objects.visible_to(person).select_related("responsible")
    if search.strip():
        rows = rows.matching(search)
    return NEWEST_FIRST.page(rows, cursor=cursor, size=PAGE_SIZE)


def newest_revision(document: Document) -> Revision:
    """Return the revision that people see: the latest one that is not a raw upload."""
    seen = document.revisions.exclude(kind=RevisionKind.UPLOADED)
    return seen.select_related("document").latest("number")
