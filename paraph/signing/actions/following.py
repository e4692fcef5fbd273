"""After sending: calling back, reminding, a new link, more time, and the deadline itself."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import SYSTEM, Actor
from paraph.kit import db
from paraph.messaging.actions import deliver

from .. import messages, queries, rules, steering, steps
from ..access import address_of
from ..certificate.entries import zone_of
from ..events import EnvelopeExpired, LinkRenewed, LinkRevoked
from ..lifecycle import Status, Step
from ..line_events import LinkCopied
from ..models import Envelope, Party, Proof
from ..refusals import CannotCopy, CannotRemind


@db.transaction
def cancel_envelope(envelope: Envelope, *, reason: str, by: Actor, at: datetime) -> None:
    """Call an envelope back: nobody can sign it any more."""
    envelope.lock()
    steering.call_back(envelope, reason=reason, by=by, at=at)


@db.transaction
def expire_envelope(envelope: Envelope, *, at: datetime) -> bool:
    """End an envelope whose deadline has passed; not while somebody is signing."""
    envelope.lock()
    is_due = envelope.deadline_at is not None and envelope.deadline_at <= at
    if envelope.status != Status.SENT or not is_due:
        return False
    if rules.obstacles_to_ending(queries.parties_of(envelope)):
        return False

    envelope.take(Step.EXPIRE, at=at)
    journal.record(EnvelopeExpired(envelope.pk, envelope.title), by=SYSTEM, at=at)
    return True


@db.transaction
def extend_deadline(
    envelope: Envelope, *, deadline_at: datetime | None, by: Actor, at: datetime
) -> None:
    """Give the parties more time; None takes the deadline away."""
    envelope.lock()
    steering.give_time(envelope, until=deadline_at, by=by, at=at)


@db.transaction
def remind_party(party: Party, *, by: Actor, at: datetime) -> None:
    """Write to a party again, with a link of its own; the earlier links stay good."""
    steering.hold_to_write(party, at=at)
    if steering.was_written_to(party, at=at):
        raise CannotRemind(_("We wrote to %(name)s a moment ago.") % {"name": party.name})
    steering.remind(party, by=by, at=at)


@db.transaction
def remind_everybody(envelope: Envelope, *, by: Actor, at: datetime) -> list[Party]:
    """Write again to everybody whose turn it is, but to those we wrote to a moment ago."""
    envelope.lock()
    return steering.remind_all(envelope, by=by, at=at)


@db.transaction
def remind_by_schedule(party: Party, *, at: datetime) -> bool:
    """Remind a party when the envelope's policy says so, once each time; tell whether it did."""
    steps.hold(party)
    policy, zone = rules.Policy.of(party.envelope.reminders), zone_of(party)
    if rules.obstacles_to_acting(party, party.envelope, at=at):
        return False
    if not rules.is_reminder_due(party, policy, zone=zone, at=at):
        return False
    party.reminders += 1
    steering.remind(party, by=SYSTEM, at=at)
    return True


@db.transaction
def send_new_link(party: Party, *, by: Actor, at: datetime) -> None:
    """Replace a party's links and sessions by one new link: also the way out of a locked one."""
    steering.hold_to_write(party, at=at)
    steps.revoke_links(party, at=at)

    letter = messages.signature_requested(party, token=steps.give_link(party, at=at))
    deliver(letter, once=f"new-link-{party.pk}-{party.links.count()}", at=at)
    journal.record(steps.written(LinkRenewed, party), by=by, at=at)


@db.transaction
def copy_link(party: Party, *, by: Actor, at: datetime) -> str:
    """Return the address of one more way in, for the sender to hand over; earlier ones stay good.

    It opens nothing without the party's own proof, and nobody can be told it a second time.
    Where that proof is words which the sender knows, the link is not theirs to have as well.
    """
    steering.hold_to_write(party, at=at)
    if party.code_channel == Proof.ACCESS:
        raise CannotCopy(
            _("You know the agreed access code, so Paraph alone sends this link. Send a new one.")
        )
    journal.record(LinkCopied(party.envelope_id, party.pk, party.name), by=by, at=at)
    return address_of(steps.give_link(party, at=at))


@db.transaction
def close_links_to_file(party: Party, *, by: Actor, at: datetime) -> int:
    """Make the links by which a party fetches the completed file open nothing any more."""
    steps.hold(party)
    open_links = list(party.links.filter(purpose="file", revoked_at=None))
    for link in open_links:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        journal.record(LinkRevoked(party.envelope_id, party.pk, link.pk), by=by, at=at)
    return len(open_links)
