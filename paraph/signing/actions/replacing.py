"""Somebody else acts: chosen by the sender, by the party itself, or named for the next group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from .. import queries, rules, steps
from ..choices import Origin, Successor
from ..lifecycle import PartyStep
from ..line_events import PartyNominated, PartyReplaced
from ..models import Party, SigningSession
from ..refusals import CannotReplace
from ..tries import hold_proven


@dataclass(frozen=True)
class Hand:
    """By whom, why, and how they were proven, somebody is replaced."""

    by: Actor
    reason: str = ""
    code_id: int | None = None
    origin: Origin = field(default_factory=Origin)


@db.transaction
def replace_party(
    party: Party, *, successor: Successor, reason: str, by: Actor, at: datetime
) -> Party:
    """Have somebody else act in a party's place, with the same fields; links stop working."""
    steps.hold(party)
    if obstacles := rules.obstacles_to_changing(party, party.envelope):
        raise CannotReplace(obstacles)
    return _replace(party, successor, hand=Hand(by, reason.strip()), at=at)


@db.transaction
def hand_over(
    session: SigningSession, *, successor: Successor, reason: str, origin: Origin, at: datetime
) -> Party:
    """Have a colleague act instead of the party that was proven, where the sender allows it."""
    party = hold_proven(session, at=at)
    if obstacles := rules.obstacles_to_handing_over(party, party.envelope):
        raise CannotReplace(obstacles)
    hand = Hand(party.actor, reason.strip(), session.code_id, origin)
    return _replace(party, successor, hand=hand, at=at)


@db.transaction
def nominate(
    session: SigningSession, *, party: Party, successor: Successor, origin: Origin, at: datetime
) -> Party:
    """Say who fills an open place of the next group."""
    namer = hold_proven(session, at=at)
    parties = queries.parties_of(namer.envelope)
    named = next((other for other in parties if other.pk == party.pk), None)
    if named is None or named not in rules.to_be_named_by(namer, parties):
        raise CannotReplace(_("It is not for you to say who signs there."))
    _check(named, successor, parties)

    _sit(named, successor)
    named.company = named.company or namer.company
    named.save()
    fact = PartyNominated(
        envelope_id=namer.envelope_id,
        party_id=named.pk,
        party=named.name,
        named_by=namer.name,
        code_id=session.code_id,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(fact, by=namer.actor, at=at)
    steps.index(namer.envelope)
    return named


def _check(party: Party, successor: Successor, parties: list[Party]) -> None:
    may_sign = successor.employee is not None and queries.may_sign(successor.employee)
    if obstacles := rules.obstacles_to_succeeding(
        party, successor, parties=parties, may_sign=may_sign
    ):
        raise CannotReplace(obstacles)


@db.transaction_required
def _replace(party: Party, successor: Successor, *, hand: Hand, at: datetime) -> Party:
    """Seat the successor in the party's place; what the party had typed is not theirs to keep."""
    envelope = party.envelope
    _check(party, successor, queries.parties_of(envelope))

    party.take(PartyStep.REPLACE, at=at)
    steps.revoke_links(party, at=at)
    following = _seated(party, successor)
    party.fields.update(party=following, value="", picture="", attachment="", may_keep=False)
    replaced = PartyReplaced(
        envelope_id=envelope.pk,
        party_id=party.pk,
        successor_id=following.pk,
        party=party.name,
        successor=following.name,
        reason=hand.reason,
        code_id=hand.code_id,
        ip=hand.origin.ip,
        user_agent=hand.origin.user_agent[:400],
    )
    journal.record(replaced, by=hand.by, at=at)
    steps.index(envelope)
    if party.asked_at is not None:
        steps.ask_next_in_line(envelope, by=hand.by, at=at)
    following.refresh_from_db()
    return following


def _seated(party: Party, successor: Successor) -> Party:
    following = Party(
        envelope=party.envelope,
        replaces=party,
        key=party.key,
        role=party.role,
        group=party.group,
        names_next=party.names_next,
        company=party.company,
        time_zone=party.time_zone,
        language=party.language,
        code_channel=rules.code_channel_of(party, successor),
    )
    _sit(following, successor)
    following.save()
    return following


def _sit(party: Party, successor: Successor) -> None:
    """Take name, addresses and the link's channel from who acts from here on."""
    person, language = successor.person, party.language
    party.employee, party.contact = successor.employee, successor.contact
    if person is not None:
        steps.copy_person(party)
        party.company = (successor.contact and successor.contact.company) or party.company
    else:
        party.name, party.language = successor.name.strip(), successor.language or language
        party.email, party.phone = successor.email.strip(), successor.phone.strip()
    party.link_channel = successor.channel
