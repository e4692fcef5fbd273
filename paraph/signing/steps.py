"""Steps that several actions share. They join the action's transaction and start none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paraph import journal
from paraph.journal import Actor, Event
from paraph.kit import db
from paraph.kit.ids import new_token
from paraph.kit.search import normalise
from paraph.messaging.actions import deliver

from . import codes, messages, queries, rules
from .events import EnvelopeClosing, PartyAsked
from .lifecycle import PartyStep, Step
from .line_events import PartyReleased
from .models import Envelope, Link, Party
from .refusals import NotADraft, NotYourTurn


@db.transaction_required
def hold(party: Party) -> None:
    """Hold the envelope, then the party: everywhere in this order, so that nobody deadlocks."""
    envelope = party.envelope
    envelope.lock()
    party.lock()
    party.envelope = envelope


@db.transaction_required
def hold_draft(envelope: Envelope, *, otherwise: str) -> None:
    """Hold an envelope that is still a draft; ``otherwise`` says what is refused, in words."""
    envelope.lock()
    if not envelope.is_draft:
        raise NotADraft(otherwise)


@db.transaction_required
def hold_to_act(party: Party, *, at: datetime) -> None:
    """Hold a party whose turn it is; raises ``NotYourTurn`` with the reason."""
    hold(party)
    if obstacles := rules.obstacles_to_acting(party, party.envelope, at=at):
        raise NotYourTurn(obstacles)


@db.transaction_required
def give_link(
    party: Party, *, at: datetime, purpose: str = "sign", expires_at: datetime | None = None
) -> str:
    """Make a way in and return its token, which only the message may carry."""
    token = new_token()
    Link.objects.create(
        party=party,
        token_hash=codes.hashed(token),
        purpose=purpose,
        created_at=at,
        expires_at=expires_at,
    )
    return token


@db.transaction_required
def ask_next_in_line(envelope: Envelope, *, by: Actor, at: datetime) -> list[Party]:
    """Ask those whose turn it is: link, message and fact, once. The caller holds the envelope."""
    asked = rules.next_in_line(queries.line_of(envelope))
    for party in asked:
        party.envelope = envelope
        party.take(PartyStep.ASK, at=at)
        letter = messages.signature_requested(party, token=give_link(party, at=at))
        deliver(letter, once=f"signature-requested-{party.pk}", at=at)
        journal.record(written(PartyAsked, party), by=by, at=at)
    return asked


@db.transaction_required
def go_on(envelope: Envelope, *, by: Actor, at: datetime) -> None:
    """After somebody is done: release who is not needed, ask who is next, or close."""
    release_spare(envelope, by=by, at=at)
    if not rules.is_everyone_done(queries.line_of(envelope)):
        ask_next_in_line(envelope, by=by, at=at)
        return

    envelope.take(Step.CLOSE, at=at)
    closing = EnvelopeClosing(envelope_id=envelope.pk, title=envelope.title)
    journal.record(closing, by=by, at=at)


@db.transaction_required
def release_spare(envelope: Envelope, *, by: Actor, at: datetime) -> None:
    """Let those go whose group has enough without them; their links open nothing any more."""
    parties = queries.line_of(envelope)
    for party in rules.not_needed_any_more(parties, needed=queries.needed_of(envelope)):
        party.take(PartyStep.RELEASE, at=at)
        revoke_links(party, at=at)
        released = PartyReleased(envelope.pk, party.pk, party.name)
        journal.record(released, by=by, at=at)


@db.transaction_required
def revoke_links(party: Party, *, at: datetime) -> None:
    """Make every way in to sign open nothing any more."""
    party.links.filter(purpose="sign", revoked_at=None).update(revoked_at=at)


def written(event: type, party: Party) -> Event:
    """Return the fact that a party was written to, for the events that say only that."""
    made: Event = event(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        party=party.name,
        channel=party.link_channel,
        recipient=party.address(party.link_channel),
    )
    return made


@db.transaction_required
def copy_person(party: Party) -> None:
    """Take name, addresses and language from the account or the contact, as they are now.

    A language that the sender chose stays.
    """
    person = party.employee or party.contact
    party.name = person.name if person else ""
    party.email = person.email if person else ""
    party.phone = person.phone if person else ""
    party.language = party.chosen_language or (person.language if person else "en")


@db.transaction_required
def index(envelope: Envelope) -> None:
    """Keep what instant search finds an envelope by, and the client's name that lists show."""
    parties, documents = queries.parties_of(envelope), queries.documents_of(envelope)
    companies = [party.company.name for party in parties if party.company]
    titles = [document.title for document in documents]
    names = [text for party in parties for text in (party.name, party.email)]
    envelope.make_searchable(envelope.title, *names, *companies, *titles, sort_by=envelope.title)
    envelope.client_name = _client_of(parties)[:250]
    envelope.client_key = normalise(envelope.client_name)[:100]
    envelope.save(update_fields=["search_text", "sort_key", "client_name", "client_key"])


def _client_of(parties: Sequence[Party]) -> str:
    """Return the first outside: the person, and the company they sign for."""
    party = next((it for it in parties if not it.is_ours and it.is_chosen), None)
    if party is None:
        return ""
    return f"{party.name} · {party.company.name}" if party.company else party.name
