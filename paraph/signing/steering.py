"""What a sender does with envelopes that travel, one or many: steps of an open transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from . import messages, queries, rules, steps
from .events import DeadlineExtended, EnvelopeCancelled, EnvelopeHandedOver, PartyReminded
from .lifecycle import Status, Step
from .models import Envelope, Party
from .refusals import CannotCancel, CannotExtend, CannotRemind

PAUSE = timedelta(minutes=5)


@db.transaction_required
def call_back(envelope: Envelope, *, reason: str, by: Actor, at: datetime) -> None:
    """Cancel an envelope that is held."""
    if obstacles := rules.obstacles_to_ending(queries.parties_of(envelope)):
        raise CannotCancel(obstacles)

    envelope.take(Step.CANCEL, at=at)
    journal.record(EnvelopeCancelled(envelope.pk, envelope.title, reason), by=by, at=at)


@db.transaction_required
def give_time(envelope: Envelope, *, until: datetime | None, by: Actor, at: datetime) -> None:
    """Move the deadline of an envelope that is held; None takes it away."""
    if envelope.status != Status.SENT:
        raise CannotExtend(_("There is nothing left to wait for."))
    if until is not None and until <= at:
        raise CannotExtend(_("The deadline has passed. Choose a later one."))

    envelope.deadline_at = until
    envelope.save(update_fields=["deadline_at"])
    told = DeadlineExtended(envelope.pk, until.isoformat() if until else "")
    journal.record(told, by=by, at=at)


@db.transaction_required
def hand_over(envelope: Envelope, *, to: Employee, by: Actor, at: datetime) -> None:
    """Make somebody else responsible for an envelope that is held."""
    changes = {"responsible": [envelope.responsible.name, to.name]}
    envelope.responsible = to
    envelope.save(update_fields=["responsible"])
    journal.record(EnvelopeHandedOver(envelope.pk, changes), by=by, at=at)


@db.transaction_required
def remind_all(envelope: Envelope, *, by: Actor, at: datetime) -> list[Party]:
    """Write again to everybody whose turn it is, but to those we wrote to a moment ago."""
    due = [party for party in queries.parties_of(envelope) if party.is_asked]
    reminded = []
    for party in due if envelope.status == Status.SENT else []:
        hold_to_write(party, at=at)
        if not was_written_to(party, at=at):
            remind(party, by=by, at=at)
            reminded.append(party)
    if not reminded:
        raise CannotRemind(
            _("We wrote to them a moment ago.") if due else _("Nobody has anything to sign now.")
        )
    return reminded


@db.transaction_required
def remind(party: Party, *, by: Actor, at: datetime) -> None:
    """Write, with a link of its own; the earlier links stay good."""
    party.reminded_at = at
    party.save(update_fields=["reminded_at", "reminders"])
    letter = messages.reminder(party, token=steps.give_link(party, at=at))
    deliver(letter, once=f"reminder-{party.pk}-{party.links.count()}", at=at)
    journal.record(steps.written(PartyReminded, party), by=by, at=at)


@db.transaction_required
def hold_to_write(party: Party, *, at: datetime) -> None:
    """Hold a party that has something to sign now."""
    steps.hold(party)
    if rules.obstacles_to_acting(party, party.envelope, at=at):
        raise CannotRemind(_("%(name)s has nothing to sign now.") % {"name": party.name})


def was_written_to(party: Party, *, at: datetime) -> bool:
    """Tell whether a link went to the party a moment ago."""
    return party.links.filter(purpose="sign", created_at__gt=at - PAUSE).exists()
