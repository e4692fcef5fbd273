"""Keeping what was laid out for signing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paraph import journal
from paraph.documents.models import RevisionKind
from paraph.kit import db

from .. import revisions, steps
from ..assembly.building import Built
from ..events import EnvelopePrepared
from ..lifecycle import Status
from ..models import Envelope


@db.transaction
def keep_preparation(envelope: Envelope, *, built: Sequence[Built], at: datetime) -> None:
    """Keep the prepared documents and ask those whose turn it is, once."""
    envelope.lock()
    if envelope.status != Status.SENT or revisions.is_prepared(envelope):
        return

    revisions.append(built, kind=RevisionKind.PREPARED, at=at)
    prepared = EnvelopePrepared(envelope_id=envelope.pk, title=envelope.title)
    journal.record(prepared, by=journal.SYSTEM, at=at)
    steps.ask_next_in_line(envelope, by=journal.SYSTEM, at=at)
