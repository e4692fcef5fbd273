"""Builds the last revision: the closing seal, with the envelope's facts as evidence inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph import journal
from paraph.documents.models import RevisionKind
from paraph.kit.canonical import canonical_json
from paraph.sealing import acts
from paraph.sealing.authority import Authority

from ..certificate.content import languages_of, signers_of
from ..models import Envelope, Field, Party
from .acting import entered
from .building import Base, Built, built
from .checking import check


def closed(
    base: Base, envelope: Envelope, parties: Sequence[Party], *, authority: Authority, at: datetime
) -> Built:
    """Build the completed document; it is checked before it is returned."""
    with override(languages_of(parties)[0]):
        reason = _("Signed by everybody: closed")
    sealed = acts.close(
        base.content,
        base.plan,
        authority=authority,
        evidence=canonical_json(evidence_of(base, envelope, parties)).encode(),
        reason=reason,
        at=at,
    )
    content = base.content + sealed.tail
    signers = signers_of(parties)
    places = Field.objects.filter(party__in=signers, document=base.document)
    expected = entered(list(places.select_related("party")), plan=base.plan)
    check(base, content, expected=expected, acts=len(signers), is_closed=True)
    return built(base, content, sealed.plan)


def evidence_of(
    base: Base, envelope: Envelope, parties: Sequence[Party]
) -> Mapping[str, Any]:  # JSON
    """Return what the file itself proves: commitments to the facts, and who signed when.

    Addresses and phone numbers stay in the owner's evidence.
    """
    first = base.document.revisions.filter(kind=RevisionKind.PREPARED).get()
    original = base.document.revisions.get(number=first.number - 1)
    facts = journal.timeline(subject="envelope", object_id=envelope.pk)
    return {
        "format": "paraph-evidence/1",
        "document": base.document.code,
        "original": original.sha256,
        "prepared": first.sha256,
        "is_trial": envelope.is_trial,
        "parties": [_signed(party) for party in signers_of(parties)],
        "facts": [
            {"event": fact.event, "at": _moment(fact.at), "commitment": fact.commitment}
            for fact in reversed(facts)
        ],
    }


def _signed(party: Party) -> Mapping[str, str]:
    return {"name": party.name, "signed_at": _moment(party.signed_at) if party.signed_at else ""}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
