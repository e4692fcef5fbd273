"""Writing to people about what happened. Each may be done twice: a letter is written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from paraph import journal
from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import codes, messages, queries, rules, steps
from ..events import FileShared
from ..lifecycle import PartyStatus
from ..models import Envelope, Party
from ..trust_state import Worry

BY_THE_SENDER = {"envelope_cancelled", "envelope_corrected"}


@db.transaction
def tell_of_signature(party: Party, *, at: datetime) -> None:
    """Tell who is responsible that a party signed; the last signature is told by completion."""
    envelope = party.envelope
    if rules.is_everyone_done(queries.line_of(envelope)):
        return
    kind = "party_approved" if party.is_approver else "party_signed"
    letter = messages.to_responsible(kind, envelope, party=party)
    deliver(letter, once=f"party-signed-{party.pk}", at=at)


@db.transaction
def tell_of_release(party: Party, *, at: datetime) -> None:
    """Tell a party that was asked that enough of its group have acted without it."""
    if party.asked_at is not None:
        deliver(messages.no_longer_needed(party), once=f"released-{party.pk}", at=at)


@db.transaction
def tell_of_replacement(
    party: Party, *, successor: Party, reason: str, is_own: bool, at: datetime
) -> None:
    """Tell the party that was asked; and who is responsible, when the party did it of its own."""
    if party.asked_at is None:
        return
    letter = messages.replaced(party, successor=successor, reason=reason)
    deliver(letter, once=f"replaced-{party.pk}", at=at)
    if is_own:
        letter = messages.to_responsible(
            "party_handed_over", party.envelope, party=party, successor=successor, reason=reason
        )
        deliver(letter, once=f"handed-over-{party.pk}", at=at)


@db.transaction
def tell_of_end(envelope: Envelope, *, kind: str, reason: str, at: datetime) -> None:
    """Tell whoever was asked, and who is responsible unless they ended it, that it is over."""
    for party in queries.parties_of(envelope):
        is_asked = party.asked_at is not None and not party.is_gone
        if is_asked and party.status != PartyStatus.DECLINED:
            party.envelope = envelope
            letter = messages.envelope_ended(kind, party, reason=reason)
            deliver(letter, once=f"{kind}-{party.pk}", at=at)
    if kind not in BY_THE_SENDER:
        letter = messages.to_responsible(f"{kind}_responsible", envelope, reason=reason)
        deliver(letter, once=f"{kind}-responsible-{envelope.pk}", at=at)


@db.transaction
def tell_of_trouble(envelope: Envelope, *, kind: str, at: datetime) -> None:
    """Tell who is responsible that an envelope needs a person: stuck, or doubted."""
    letter = messages.to_responsible(f"{kind}_responsible", envelope)
    deliver(letter, once=f"{kind}-responsible-{envelope.pk}", at=at)


@db.transaction
def tell_of_keys(person: Employee, *, worries: Sequence[Worry], at: datetime) -> None:
    """Tell an administrator what to see to: each of them once, whatever else was told before."""
    for worry in worries:
        told = sha256(worry.key.encode()).hexdigest()[:16]
        letter = messages.keys_need_attention(person, worries=[worry])
        deliver(letter, once=f"keys-{person.pk}-{told}", at=at)


@db.transaction
def share_completed(envelope: Envelope, *, at: datetime) -> None:
    """Give every party a link of its own to the completed documents, good for a year."""
    envelope.lock()
    parties = [party for party in queries.parties_of(envelope) if not party.is_gone]
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
