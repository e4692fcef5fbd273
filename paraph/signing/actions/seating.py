"""Who else an envelope travels to, and who acts after whom. Only while it is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from paraph.journal import Actor
from paraph.kit import db

from .. import queries, rules, seating, steps
from ..choices import PartyChoice, Reach
from ..models import Channel, Envelope, Party, PartyGroup, PartyRole, Proof
from ..refusals import CannotChoose

MOST_PARTIES = 30
PROOFS = frozenset({Proof.EMAIL, Proof.SMS, Proof.ACCESS})  # those for the sender to choose


@db.transaction
def add_party(envelope: Envelope, *, choice: PartyChoice, by: Actor, at: datetime) -> Party:
    """Seat one more person, after all others; nobody yet, where those before say who it is."""
    _hold(envelope)
    parties = queries.parties_of(envelope)
    if len(parties) >= MOST_PARTIES:
        raise CannotChoose(_("At most %(count)d people.") % {"count": MOST_PARTIES})
    if any(_is_the_same(party, choice) for party in parties):
        raise CannotChoose(_("This person is a party already."))
    party = Party(envelope=envelope)
    last = max((other.group for other in parties), default=0)
    seating.sit(party, replace(choice, group=last + 1))
    if not party.is_chosen:
        _leave_open(party, parties)
    steps.index(envelope)
    return party


@db.transaction
def remove_party(party: Party, *, by: Actor, at: datetime) -> None:
    """Take somebody out of a draft, with their fields."""
    envelope = party.envelope
    _hold(envelope)
    parties = queries.parties_of(envelope)
    if len(parties) == 1:
        raise CannotChoose(_("Somebody has to be left."))
    places = seating.places_named_later(parties)
    party.delete()
    seating.keep_named(envelope, places=places)
    steps.index(envelope)


@db.transaction
def change_party(party: Party, *, role: str, reach: Reach, by: Actor, at: datetime) -> None:
    """Say what is asked of a party, by which ways and in which language they are reached.

    Without a language they are written to in their own. Who does not sign has no fields.
    """
    _hold(party.envelope)
    if obstacles := _obstacles(role, reach):
        raise CannotChoose(obstacles)
    places = seating.places_named_later(queries.parties_of(party.envelope))
    party.role, party.chosen_language = role, reach.language or ""
    party.link_channel, party.code_channel = reach.link_channel or "", reach.code_channel or ""
    steps.copy_person(party)
    party.save()
    if role != PartyRole.SIGNER:
        party.fields.all().delete()
    seating.keep_named(party.envelope, places=places)


@db.transaction
def order_parties(envelope: Envelope, *, groups: Sequence[Sequence[int]]) -> None:
    """Let these parties act in these groups, one group after the other.

    How many of a group have to act stays with those of its people who stay together.
    """
    _hold(envelope)
    parties = {party.pk: party for party in queries.parties_of(envelope)}
    if sorted(pk for group in groups for pk in group) != sorted(parties):
        raise CannotChoose(_("Somebody was added or removed meanwhile. Look again."))
    places = seating.places_named_later(list(parties.values()))
    needed = {row.number: row.needed for row in envelope.groups.all()}
    before = {pk: needed.get(party.group) for pk, party in parties.items()}
    envelope.groups.all().delete()
    for number, group in enumerate(filter(None, groups), start=1):
        for pk in group:
            parties[pk].group = number
        if (count := before[group[0]]) is not None and len(group) > count:
            PartyGroup.objects.create(envelope=envelope, number=number, needed=count)
    Party.objects.bulk_update(parties.values(), ["group"])
    seating.keep_named(envelope, places=places)


@db.transaction_required
def _leave_open(place: Party, others: Sequence[Party]) -> None:
    """Let those who act before a new place say who takes it."""
    if not any(it.is_chosen for it in rules.namers_of(place, others)):
        raise CannotChoose(_("First choose who signs before: that person says who comes next."))
    places = seating.places_named_later(others)
    seating.keep_named(place.envelope, places=places | {place.pk})


def _hold(envelope: Envelope) -> None:
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be changed."))


def _obstacles(role: str, reach: Reach) -> list[str]:
    obstacles = []
    if role not in PartyRole.values:
        obstacles.append(_("There is no such role."))
    if reach.link_channel not in Channel.values or reach.code_channel not in PROOFS:
        obstacles.append(_("There is no such way to reach somebody."))
    if reach.language and reach.language not in dict(settings.LANGUAGES):
        obstacles.append(_("There is no such language here."))
    return obstacles


def _is_the_same(party: Party, choice: PartyChoice) -> bool:
    contact, employee = choice.contact, choice.employee
    is_contact = contact is not None and party.contact_id == contact.pk
    return is_contact or (employee is not None and party.employee_id == employee.pk)
