"""Writing to people about what happened. Each may be done twice: a letter is written once."""

from __future__ import annotations

from datetime import datetime

from paraph import journal
from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.messaging.actions import deliver

from .. import codes, messages, queries, rules, steps
from ..events import FileShared
from ..lifecycle import PartyStatus
from ..models import Envelope, Party


@db.transaction
def tell_of_signature(party: Party, *, at: datetime) -> None:
    """Tell who is responsible that a party signed; the last signature is told by completion."""
    envelope = party.envelope
    if rules.is_everyone_done(queries.parties_of(envelope)):
        return
    letter = messages.to_responsible("party_signed", envelope, party=party)
    deliver(letter, once=f"party-signed-{party.pk}", at=at)


@db.transaction
def tell_of_end(envelope: Envelope, *, kind: str, reason: str, at: datetime) -> None:
    """Tell whoever was asked, and who is responsible unless they ended it, that it is over."""
    for party in queries.parties_of(envelope):
        if party.asked_at is not None and party.status != PartyStatus.DECLINED:
            party.envelope = envelope
            letter = messages.envelope_ended(kind, party, reason=reason)
            deliver(letter, once=f"{kind}-{party.pk}", at=at)
    if kind != "envelope_cancelled":
        letter = messages.to_responsible(f"{kind}_responsible", envelope, reason=reason)
        deliver(letter, once=f"{kind}-responsible-{envelope.pk}", at=at)


@db.transaction
def tell_of_trouble(envelope: Envelope, *, kind: str, at: datetime) -> None:
    """Tell who is responsible that an envelope needs a person: stuck, or doubted."""
    letter = messages.to_responsible(f"{kind}_responsible", envelope)
    deliver(letter, once=f"{kind}-responsible-{envelope.pk}", at=at)


@db.transaction
def share_completed(envelope: Envelope, *, at: datetime) -> None:
    """Give every party a link of its own to the completed documents, good for a year."""
    envelope.lock()
    parties = queries.parties_of(envelope)
    for party in parties:
        if not party.links.filter(purpose="file").exists():
            party.envelope = envelope
            _share_with(party, at=at)
    if all(party.employee_id != envelope.responsible_id for party in parties):
        letter = messages.to_responsible("envelope_completed_responsible", envelope)
        deliver(letter, once=f"completed-responsible-{envelope.pk}", at=at)


@db.transaction_required
def _share_with(party: Party, *, at: datetime) -> None:
    token = steps.give_link(party, at=at, purpose="file", expires_at=at + codes.FILE_LINK_LIFE)
    letter = messages.envelope_completed(party, token=token)
    deliver(letter, once=f"completed-{party.pk}", at=at)
    journal.record(steps.written(FileShared, party), by=SYSTEM, at=at)
