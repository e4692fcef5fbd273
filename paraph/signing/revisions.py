"""The chain of a document's revisions, as signing reads and lengthens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from paraph.documents.models import Revision, RevisionKind
from paraph.kit import db

from . import queries
from .assembly.building import Base, Built
from .lifecycle import Status
from .models import Act, Envelope


class HeadMoved(Exception):
    """Somebody else's revision came first: build again, on that one."""


def heads(envelope: Envelope) -> list[Base]:
    """Return the envelope's documents in their order, each with its newest revision."""
    documents = queries.documents_of(envelope)
    return [Base(document, queries.newest_revision(document)) for document in documents]


def is_prepared(envelope: Envelope) -> bool:
    """Tell whether every document of the envelope has been laid out for signing."""
    prepared = Revision.objects.filter(
        document__enclosures__envelope=envelope, kind=RevisionKind.PREPARED
    )
    return prepared.count() == envelope.enclosures.count()


def unprepared(*, before: datetime) -> list[Envelope]:
    """Return envelopes that were sent and never laid out."""
    prepared = Revision.objects.filter(
        document__enclosures__envelope=OuterRef("pk"), kind=RevisionKind.PREPARED
    )
    sent = Envelope.objects.filter(status=Status.SENT, sent_at__lt=before)
    return list(sent.filter(~Exists(prepared)))


def unsealed(*, before: datetime) -> list[Act]:
    """Return acts whose party has pressed Sign and still waits for the seal."""
    open_acts = Act.objects.standing().filter(sealed_at=None, party__envelope__status=Status.SENT)
    waiting = open_acts.filter(intended_at__lt=before)
    return list(waiting.select_related("party__envelope"))


def unclosed(*, before: datetime) -> list[Envelope]:
    """Return envelopes that everybody has signed and nobody has closed."""
    fresh = Act.objects.filter(party__envelope=OuterRef("pk"), sealed_at__gte=before)
    return list(Envelope.objects.filter(~Exists(fresh), status=Status.CLOSING))


def unaudited(*, before: datetime, limit: int) -> list[Envelope]:
    """Return completed envelopes that nobody has looked at a second time, in no order:
    one that cannot be judged holds nobody up.
    """
    completed = Envelope.objects.completed().filter(audited_at=None, closed_at__lt=before)
    return list(completed.order_by("?")[:limit])


@db.transaction_required
def append(revisions: Sequence[Built], *, kind: RevisionKind, at: datetime) -> None:
    """Register built revisions; raises ``HeadMoved`` when one stands on an older one."""
    for revision in revisions:
        newest = Revision.objects.filter(document_id=revision.document_id).order_by("-number")[0]
        if newest.number != revision.after:
            raise HeadMoved(revision.document_id)
        Revision.objects.create(
            document_id=revision.document_id,
            number=revision.after + 1,
            kind=kind,
            sha256=revision.sha256,
            size=revision.size,
            plan=revision.plan,
            created_at=at,
        )
