"""Builds the last revision: the closing seal, with proofs of the envelope's facts inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
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
from paraph.sealing.draft import grown
from paraph.sealing.model import Act as Mark
from paraph.sealing.model import Plan
from paraph.tlog.proofs import Proof

from ..certificate.content import accountable, languages_of
from ..certificate.entries import entries_without_act
from ..models import Act, Envelope, Field, Party
from .acting import entered
from .building import Base, Built, built
from .checking import check, count_seals
from .fitting import as_far_as_it_fits
from .stamping import stamped


def closed(
    base: Base,
    envelope: Envelope,
    parties: Sequence[Party],
    *,
    evidence: bytes,
    authority: Authority,
    at: datetime,
) -> Built:
    """Build the completed document; it is checked before it is returned."""
    with override(languages_of(parties)[0]):
        reason = _("Signed by everybody: closed")
    told = {} if base.document.was_signed else told_of(parties, plan=base.plan)
    last = acts.Last(
        evidence=evidence,
        reason=reason,
        entered=[Mark(key, "", "", values=values) for key, values in told.items()],
    )
    paper = base.opened()
    sealed = acts.close(paper, base.plan, last, authority=authority, at=at)
    paper = grown(paper, sealed.tail)
    signers = [party for party in parties if party.has_signed]
    places = Field.objects.filter(party__in=signers, document=base.document)
    expected = entered(list(places.select_related("party")), plan=base.plan)
    found = stamped(paper, sealed.plan, authority=authority, at=at)
    signatures = len(signers) + count_seals(envelope)
    check(base, found.paper, expected=expected, acts=signatures, is_closed=True)
    return built(base, found.paper, found.plan, stamped_by=found.by, until=found.until)


def told_of(parties: Sequence[Party], *, plan: Plan) -> dict[str, dict[str, str]]:
    """Return, by the party's key, what the certificate page says of those who did not sign."""
    language = languages_of(parties)[0]
    return {
        party.key: {
            slot: as_far_as_it_fits(text, slot=slot, plan=plan)
            for slot, text in entries_without_act(party, language=language).items()
        }
        for party in accountable(parties)
        if not party.has_signed
    }


def evidence_of(
    base: Base, envelope: Envelope, parties: Sequence[Party], *, checkpoint: LogCheckpoint
) -> bytes:
    """Return what the file itself proves, as canonical JSON: who signed when, commitments to the
    facts, and that they are in the public log. Addresses and phone numbers stay in the owner's
    evidence.
    """
    first = base.document.revisions.filter(kind=RevisionKind.PREPARED).get()
    original = base.document.revisions.get(number=first.number - 1)
    facts = list(reversed(journal.timeline(subject="envelope", object_id=envelope.pk)))
    proofs = proofs_of(facts, under=checkpoint)
    told = {
        "format": "paraph-evidence/1",
        "document": base.document.code,
        "original": original.sha256,
        "prepared": first.sha256,
        "is_trial": envelope.is_trial,
        "parties": [_stood(party) for party in parties],
        "seals": _seals(envelope),
        "facts": [_committed(fact, proofs.get(fact.pk)) for fact in facts],
        "log": {"key": checkpoint.shard.public_key, "checkpoint": checkpoint.note},
    }
    return canonical_json(told).encode()


def _seals(envelope: Envelope) -> Sequence[Mapping[str, str]]:
    """The companies' own certificates: with this the installation says that it knows them."""
    sealed = Act.objects.filter(party__envelope=envelope).exclude(company_certificate="")
    told = []
    for act in sealed.select_related("party__company").order_by("sealed_at"):
        certificate = x509.load_pem_x509_certificate(act.company_certificate.encode())
        company = act.party.company.name if act.party.company else ""
        told.append({"company": company, "certificate": certificate.fingerprint(SHA256()).hex()})
    return told


def _committed(fact: Fact, proof: Proof | None) -> Mapping[str, Any]:  # JSON
    """A fact without what it says: its commitment, and its path to the log's checkpoint."""
    known = {"event": fact.event, "at": _moment(fact.at), "commitment": fact.commitment}
    if proof is None:
        return known
    return known | {"index": proof.index, "path": [sibling.hex() for sibling in proof.path]}


def _stood(party: Party) -> Mapping[str, str]:
    """A party as the file tells of it: the role, how it ended, and when it acted."""
    told = {"name": party.name, "role": party.role, "status": party.status}
    if party.approved_at:
        return told | {"approved_at": _moment(party.approved_at), "signed_at": ""}
    return told | {"signed_at": _moment(party.signed_at) if party.signed_at else ""}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
