"""Remembering what is taken out of the house, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from paraph import journal
from paraph.documents.models import Document
from paraph.journal import Actor
from paraph.journal.in_bulk import record_many
from paraph.kit import db
from paraph.signing.models import Envelope

from ..events import ArchiveTaken, FileSaved, FileTaken, VaultExported
from ..models import SignedFile

What = Literal["file", "evidence", "certificate"]


@db.transaction
def note_export(*, rows: int, format: str, by: Actor, at: datetime) -> None:
    """Remember that somebody takes the list out of the house, and how long it is."""
    journal.record(VaultExported(rows=rows, format=format), by=by, at=at)


@db.transaction
def note_archive(*, archive: str, files: int, by: Actor, at: datetime) -> None:
    """Remember that somebody begins to take files out of the house."""
    journal.record(ArchiveTaken(archive=archive, files=files), by=by, at=at)


@db.transaction
def note_taken(files: Sequence[SignedFile], *, archive: str, by: Actor, at: datetime) -> None:
    """Remember on each file's timeline that it is about to leave the house."""
    taken = [FileTaken(file.document_id, file.envelope_id, archive) for file in files]
    record_many(taken, by=by, at=at)


@db.transaction
def note_saved(
    document: Document, envelope: Envelope, what: What, *, by: Actor, at: datetime
) -> None:
    """Remember on a file's timeline that somebody saves it, or what proves it."""
    journal.record(FileSaved(document.pk, envelope.pk, what), by=by, at=at)
