"""How long each class of documents is kept, and which class a document is of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import ClassChanged, RetentionChanged
from ..models import Gate, Retention, SignedFile


@db.transaction
def change_retention(years: Mapping[str, int | None], *, by: Actor, at: datetime) -> None:
    """Keep each named class so many years after completion; nothing means for ever."""
    Gate.close()
    before = dict(Retention.objects.values_list("document_class", "years"))
    changed = {name: it for name, it in years.items() if before.get(name) != it}
    for name, kept in changed.items():
        if kept is None:
            Retention.objects.filter(document_class=name).delete()
        else:
            Retention.objects.update_or_create(
                document_class=name, defaults={"years": kept, "since": at}
            )
    if changed:
        told = {name: [before.get(name), kept] for name, kept in changed.items()}
        journal.record(RetentionChanged(changes=told), by=by, at=at)


@db.transaction_required
def change_class(file: SignedFile, *, to: str, by: Actor, at: datetime) -> bool:
    """Let a file be kept as another class; tell whether it was of another one."""
    if file.document_class == to:
        return False
    told = {"class": [file.document_class, to]}
    file.document_class = to
    file.save(update_fields=["document_class"])
    journal.record(ClassChanged(file.document_id, changes=told), by=by, at=at)
    return True
