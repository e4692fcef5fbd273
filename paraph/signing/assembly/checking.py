"""The look at a built file before it is kept: nothing leaves that is not whole."""

from __future__ import annotations

from collections.abc import Mapping

from paraph.documents.models import RevisionKind
from paraph.kit.prepared import Prepared, given
from paraph.sealing import release
from paraph.sealing.draft import Paper

from ..models import Act, Envelope
from .building import Base

_SEALED_BESIDE = Prepared(
    lambda: (
        Act.objects.filter(party__envelope=given("envelope"), sealed_at__isnull=False)
        .exclude(company_certificate="")
        .values_list("pk")
    )
)

CLOSED = (RevisionKind.COMPLETED, RevisionKind.RENEWED)


def check(
    base: Base, paper: Paper, *, expected: Mapping[str, str | bool], acts: int, is_closed: bool
) -> None:
    """Raise ``NotReleasable`` unless the file is whole and has so many acts.

    An upload that came with signatures is not certified, and has no form fields to read back.
    """
    seals = int(is_closed) + int(not base.document.was_signed)
    brought = _brought(base) if base.document.was_signed else 0
    release.check(
        paper,
        expected={} if brought else expected,
        signatures=acts + seals,
        brought=brought,
    )


def check_again(base: Base, paper: Paper) -> None:
    """Check a file to which nothing but time stamps was added."""
    signed = Act.objects.filter(sealed_at__isnull=False).values("party__envelope")
    envelope = Envelope.objects.get(enclosures__document=base.document, pk__in=signed)
    people = Act.objects.filter(party__envelope=envelope, sealed_at__isnull=False).count()
    is_closed = base.revision.kind in CLOSED
    acts = people + count_seals(envelope)
    check(base, paper, expected={}, acts=acts, is_closed=is_closed)


def count_seals(envelope: Envelope) -> int:
    """Return how many companies have sealed beside the acts so far."""
    return len(_SEALED_BESIDE(envelope=envelope.pk))


def _brought(base: Base) -> int:
    """Return how many bytes were there before us."""
    uploaded = base.document.revisions.filter(
        kind__in=[RevisionKind.UPLOADED, RevisionKind.ORIGINAL]
    )
    return uploaded.latest("number").size
