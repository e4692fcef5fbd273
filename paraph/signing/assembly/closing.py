"""Builds the last revision: the closing seal, with proofs of the envelope's facts inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph import journal
from paraph.documents.models import RevisionKind
from paraph.journal import Fact
from paraph.journal.log.publishing import proofs_of
from paraph.journal.models import LogCheckpoint
from paraph.kit.canonical import canonical_json
from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.tlog.proofs import Proof

from ..certificate.content import languages_of, signers_of
from ..models import Envelope, Field, Party
from .acting import entered
from .building import Base, Built, built, extended
from .checking import check


def closed(
    base: Base,
    envelope: Envelope,
    parties: Sequence[Party],
    *,
    checkpoint: LogCheckpoint,
    authority: Authority,
    at: datetime,
) -> Built:
    """Build the completed document; it is checked before it is returned."""
    with override(languages_of(parties)[0]):
        reason = _("Signed by everybody: closed")
    evidence = evidence_of(base, envelope, parties, checkpoint=checkpoint)
    sealed = acts.close(
        base.content,
        base.plan,
        authority=authority,
        evidence=canonical_json(evidence).encode(),
        reason=reason,
        at=at,
    )
    content = extended(base.handed_over(), sealed.tail)
    signers = signers_of(parties)
    places = Field.objects.filter(party__in=signers, document=base.document)
    expected = entered(list(places.select_related("party")), plan=base.plan)
    check(base, content, expected=expected, acts=len(signers), is_closed=True)
    return built(base, content, sealed.plan)


def evidence_of(
    base: Base, envelope: Envelope, parties: Sequence[Party], *, checkpoint: LogCheckpoint
) -> Mapping[str, Any]:  # JSON
    """Return what the file itself proves: who signed when, commitments to the facts, and that
    they are in the public log. Addresses and phone numbers stay in the owner's evidence.
    """
    first = base.document.revisions.filter(kind=RevisionKind.PREPARED).get()
    original = base.document.revisions.get(number=first.number - 1)
    facts = list(reversed(journal.timeline(subject="envelope", object_id=envelope.pk)))
    proofs = proofs_of(facts, under=checkpoint)
    return {
        "format": "paraph-evidence/1",
        "document": base.document.code,
        "original": original.sha256,
        "prepared": first.sha256,
        "is_trial": envelope.is_trial,
        "parties": [_signed(party) for party in signers_of(parties)],
        "facts": [_committed(fact, proofs.get(fact.pk)) for fact in facts],
        "log": {"key": checkpoint.shard.public_key, "checkpoint": checkpoint.note},
    }


def _committed(fact: Fact, proof: Proof | None) -> Mapping[str, Any]:  # JSON
    """A fact without what it says: its commitment, and its path to the log's checkpoint."""
    known = {"event": fact.event, "at": _moment(fact.at), "commitment": fact.commitment}
    if proof is None:
        return known
    return known | {"index": proof.index, "path": [sibling.hex() for sibling in proof.path]}


def _signed(party: Party) -> Mapping[str, str]:
    return {"name": party.name, "signed_at": _moment(party.signed_at) if party.signed_at else ""}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
