"""The sender corrects what travels: how a party is reached, the whole of it, or an intent that
could not be sealed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import messages, queries, rules, steps
from ..choices import Reach
from ..lifecycle import PartyStatus, PartyStep, Step
from ..line_events import EnvelopeCorrected, PartyCorrected, SigningWithdrawn
from ..models import Act, Envelope, Party
from ..refusals import CannotCancel, CannotCorrect, CannotWithdraw
from .drafting import draft_like

PATIENCE = timedelta(minutes=1)


@db.transaction
def correct_party(party: Party, *, reach: Reach, by: Actor, at: datetime) -> None:
    """Correct how a party is reached. If it was asked already, a new link goes there and the
    earlier ones open nothing any more."""
    steps.hold(party)
    obstacles = rules.obstacles_to_changing(party, party.envelope)
    channels = queries.carried_channels()
    if obstacles := obstacles or rules.obstacles_to_correcting(party, reach, channels=channels):
        raise CannotCorrect(obstacles)
    changes = _changed(party, reach)
    if not changes:
        return

    party.save(update_fields=list(changes))
    corrected = PartyCorrected(party.envelope_id, party.pk, party.name, changes)
    journal.record(corrected, by=by, at=at)
    if party.is_asked and changes.keys() - {"time_zone"}:
        steps.revoke_links(party, at=at)
        letter = messages.signature_requested(party, token=steps.give_link(party, at=at))
        deliver(letter, once=f"corrected-{party.pk}-{party.links.count()}", at=at)


@db.transaction
def correct_envelope(
    envelope: Envelope, *, reason: str, responsible: Employee, by: Actor, at: datetime
) -> Envelope:
    """Call a running envelope back, visibly, and return a draft like it to send again."""
    envelope.lock()
    parties = queries.parties_of(envelope)
    if obstacles := rules.obstacles_to_ending(parties):
        raise CannotCancel(obstacles)

    envelope.take(Step.CANCEL, at=at)
    acted = [
        party.name
        for party in parties
        if party.status in {PartyStatus.SIGNED, PartyStatus.APPROVED}
    ]
    corrected = EnvelopeCorrected(envelope.pk, envelope.title, reason.strip(), acted)
    journal.record(corrected, by=by, at=at)
    draft = draft_like(envelope, responsible=responsible, at=at)
    draft.corrects = envelope
    draft.save(update_fields=["corrects"])
    return draft


@db.transaction
def withdraw_intent(party: Party, *, by: Actor, at: datetime) -> None:
    """Take back, for the party, what it pressed and what could not be sealed; it may sign again.

    A seal that comes in the same moment wins: then there is nothing to withdraw.
    """
    steps.hold(party)
    act = Act.objects.standing().filter(party=party, sealed_at=None).first()
    if act is None or not party.is_signing:
        raise CannotWithdraw(_("There is nothing that waits for its seal."))
    if at < act.intended_at + PATIENCE:
        raise CannotWithdraw(_("This was signed a moment ago. Give it a minute."))

    act.withdrawn_at = at
    act.save(update_fields=["withdrawn_at"])
    party.take(PartyStep.WITHDRAW, at=at)
    steps.revoke_links(party, at=at)
    withdrawn = SigningWithdrawn(party.envelope_id, party.pk, act.pk, party.name)
    journal.record(withdrawn, by=by, at=at)
    letter = messages.sign_again(party, token=steps.give_link(party, at=at))
    deliver(letter, once=f"sign-again-{act.pk}", at=at)


def _changed(party: Party, reach: Reach) -> dict[str, list[str]]:
    """Write the wanted values into the party, and return what differs: before and after."""
    changes = {}
    for name, value in vars(rules.as_reached(party, reach)).items():
        before = getattr(party, name)
        if before != value:
            changes[name] = [str(before), str(value)]
            setattr(party, name, value)
    return changes
