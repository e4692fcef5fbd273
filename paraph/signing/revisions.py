"""The chain of a document's revisions, as signing reads and lengthens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from paraph.documents.models import Revision, RevisionKind
from paraph.kit import db
from paraph.kit.prepared import Prepared, given

from . import queries
from .assembly.building import Base, Built
from .lifecycle import Status
from .models import Act, Envelope, Stamping
from .outside import clocks

# So long a document waits for a time stamp from outside; then ours have to do.
LONGEST_WAIT = timedelta(hours=24)


_NUMBER = Prepared(
    lambda: (
        Revision.objects.filter(document=given("document"))
        .order_by("-number")
        .values_list("number")[:1]
    )
)


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


def awaits_stamp(envelope: Envelope, *, at: datetime) -> bool:
    """Tell whether a time stamp from outside is still wanted before closing, and worth waiting."""
    if not clocks.are_configured():
        return False
    newest = Act.objects.filter(party__envelope=envelope, sealed_at__gt=at - LONGEST_WAIT)
    unstamped = Stamping.objects.filter(document__enclosures__envelope=envelope, stamped_by="")
    return unstamped.exists() and newest.exists()


def is_stamped(base: Base) -> bool:
    """Tell whether the newest time stamp is one from outside."""
    return Stamping.objects.filter(document=base.document).exclude(stamped_by="").exists()


@db.transaction_required
def append(revisions: Sequence[Built], *, kind: RevisionKind, at: datetime) -> None:
    """Register built revisions; raises ``HeadMoved`` when one stands on an older one."""
    for revision in revisions:
        newest = _NUMBER.first(document=revision.document_id)
        if newest != (revision.after,):
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
        if revision.until is not None:
            _keep_stamping(revision, kind=kind, until=revision.until)


@db.transaction_required
def _keep_stamping(revision: Built, *, kind: RevisionKind, until: datetime) -> None:
    """Remember who stamped the newest revision, and until when that can be checked."""
    Stamping.objects.update_or_create(
        document_id=revision.document_id,
        defaults={
            "number": revision.after + 1,
            "stamped_by": revision.stamped_by,
            "until": until,
            "is_completed": kind in {RevisionKind.COMPLETED, RevisionKind.RENEWED},
        },
    )
