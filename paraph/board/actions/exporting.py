"""Remembering that somebody took the list of documents out of the house."""

from datetime import datetime

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import EnvelopesExported


@db.transaction
def note_export(*, rows: int, format: str, by: Actor, at: datetime) -> None:
    """Remember who took how many rows, and as what."""
    journal.record(EnvelopesExported(rows=rows, format=format), by=by, at=at)
