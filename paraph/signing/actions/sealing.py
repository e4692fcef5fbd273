"""Keeping what was sealed: each party's act, and the completed documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paraph import journal
from paraph.documents.models import RevisionKind
from paraph.kit import db

from .. import revisions, steps
from ..assembly.building import Built
from ..events import (
    EnvelopeCompleted,
    PartySigned,
)
from ..lifecycle import PartyStep, Status, Step
from ..models import Act, CompanySeal, Envelope, Link, StatusAnswer
from ..seal_events import (
    CertificateIssued,
    CompanySealed,
    DocumentsStamped,
    EnvelopeDoubted,
    EnvelopeStuck,
    StampRenewed,
)


@db.transaction
def keep_certificate(act: Act, *, serial: str, proof: bytes, at: datetime) -> None:
    """Write down that a certificate was issued for the act, before anything is signed with it.

    From now on whoever asks for its status gets the ``proof``.

    Two workers may get one each for the same act; the act keeps the one that it is sealed with.
    """
    issued = CertificateIssued(
        envelope_id=act.party.envelope_id,
        party_id=act.party_id,
        act_id=act.pk,
        party=act.party.name,
        serial=serial,
    )
    journal.record(issued, by=journal.SYSTEM, at=at)
    StatusAnswer.objects.create(serial=serial, response=proof, made_at=at)


@db.transaction
def keep_act(
    act: Act,
    *,
    built: Sequence[Built],
    certificate: str,
    seal: CompanySeal | None = None,
    at: datetime,
) -> None:
    """Keep a party's act in every document, once: file, certificate, fact and status together.

    The last act starts the closing; any other asks who is next. Raises ``HeadMoved``
    when another party's act came first.
    """
    party = act.party
    steps.hold(party)
    act.refresh_from_db(fields=["sealed_at", "withdrawn_at"])
    if act.is_sealed or act.is_withdrawn or party.envelope.status != Status.SENT:
        return

    revisions.append(built, kind=RevisionKind.ACT, at=at)
    act.certificate = certificate
    act.company_certificate = seal.certificate if seal else ""
    _seal(act, built, at=at)
    party.take(PartyStep.SIGN, at=at)
    signed = PartySigned(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        act_id=act.pk,
        party=party.name,
        documents=act.documents,
    )
    journal.record(signed, by=party.actor, at=at)
    if seal:
        journal.record(_company_sealed(act, seal), by=journal.SYSTEM, at=at)
    steps.go_on(party.envelope, by=journal.SYSTEM, at=at)


@db.transaction
def keep_completion(
    envelope: Envelope,
    *,
    built: Sequence[Built],
    certificates: Sequence[Built] = (),
    at: datetime,
) -> None:
    """Keep the completed documents, once; from here on everybody may have them.

    A certificate of completion that stands by itself comes before its document.
    """
    envelope.lock()
    if envelope.status != Status.CLOSING:
        return

    revisions.append(certificates, kind=RevisionKind.CERTIFICATE, at=at)
    revisions.append(built, kind=RevisionKind.COMPLETED, at=at)
    envelope.take(Step.COMPLETE, at=at)
    completed = EnvelopeCompleted(
        envelope_id=envelope.pk,
        title=envelope.title,
        stamped_by=next((each.stamped_by for each in built), ""),
    )
    journal.record(completed, by=journal.SYSTEM, at=at)


@db.transaction
def keep_stamp(envelope: Envelope, *, built: Sequence[Built], at: datetime) -> None:
    """Keep the time stamps from outside that signed documents had to go without, once."""
    envelope.lock()
    if envelope.status != Status.CLOSING or not built:
        return

    revisions.append(built, kind=RevisionKind.STAMPED, at=at)
    stamped = DocumentsStamped(envelope_id=envelope.pk, stamped_by=built[0].stamped_by)
    journal.record(stamped, by=journal.SYSTEM, at=at)


@db.transaction
def keep_renewal(
    envelope: Envelope, *, built: Built, certificate: Built | None = None, at: datetime
) -> None:
    """Keep a completed document and its certificate with fresh time stamps; what they were
    before stays known.
    """
    envelope.lock()
    if certificate:
        revisions.append([certificate], kind=RevisionKind.CERTIFICATE, at=at)
    revisions.append([built], kind=RevisionKind.RENEWED, at=at)
    renewed = StampRenewed(
        document_id=built.document_id, envelope_id=envelope.pk, stamped_by=built.stamped_by
    )
    journal.record(renewed, by=journal.SYSTEM, at=at)


@db.transaction
def confirm_completions(envelopes: Sequence[Envelope], *, at: datetime) -> None:
    """Keep that a second look agreed with these completed envelopes."""
    Envelope.objects.filter(pk__in=[envelope.pk for envelope in envelopes]).update(audited_at=at)


@db.transaction
def doubt_completion(envelope: Envelope, *, reasons: Sequence[str], at: datetime) -> None:
    """Withdraw completed documents that a second look did not confirm, and raise the alarm."""
    envelope.lock()
    if envelope.audited_at is not None:
        return

    envelope.audited_at = at
    envelope.save(update_fields=["audited_at"])
    links = Link.objects.filter(party__envelope=envelope, purpose="file", revoked_at=None)
    links.update(revoked_at=at)
    doubted = EnvelopeDoubted(envelope_id=envelope.pk, title=envelope.title, reasons=list(reasons))
    journal.record(doubted, by=journal.SYSTEM, at=at)


@db.transaction
def keep_stuck(envelope: Envelope, *, at: datetime) -> None:
    """Write down, once, that an envelope does not go on however often it is tried."""
    envelope.lock()
    facts = journal.timeline(subject="envelope", object_id=envelope.pk)
    if not facts.filter(event=EnvelopeStuck.name).exists():
        stuck = EnvelopeStuck(envelope_id=envelope.pk, title=envelope.title)
        journal.record(stuck, by=journal.SYSTEM, at=at)


@db.transaction_required
def _seal(act: Act, built: Sequence[Built], *, at: datetime) -> None:
    """Complete the act's row: what was signed beside what was shown."""
    signed = {each.document_id: each for each in built}
    act.sealed_at = at
    act.documents = [
        {**entry, "signed": signed[entry["document"]].sha256} for entry in act.documents
    ]
    columns = ["sealed_at", "documents", "certificate", "company_certificate"]
    act.save(update_fields=columns)


def _company_sealed(act: Act, seal: CompanySeal) -> CompanySealed:
    return CompanySealed(
        envelope_id=act.party.envelope_id,
        party_id=act.party_id,
        act_id=act.pk,
        company=seal.company.name,
        subject=seal.subject,
        fingerprint=seal.fingerprint,
    )
