"""What pages need to know about documents."""

from __future__ import annotations

from .models import Document, Revision, RevisionKind


def newest_revision(document: Document) -> Revision:
    """Return the revision that people see: the latest one that is not a raw upload."""
    seen = document.revisions.exclude(kind=RevisionKind.UPLOADED)
    return seen.select_related("document").latest("number")
