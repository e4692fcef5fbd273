"""What becomes of a document afterwards: renamed, deleted, handed over."""

from __future__ import annotations

from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal.actors import SYSTEM, Actor
from paraph.kit import db
from paraph.people.models import Employee

from ..events import DocumentDeleted, DocumentHandedOver
from ..models import Document
from ..refusals import CannotDelete
from ..steps import retitle

STRETCH = 200


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
