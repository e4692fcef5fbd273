"""A campaign goes out: gathered by stretches, written at its rate, stopped at any time."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.journal import SYSTEM, Actor
from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.messaging import settling
from paraph.messaging.actions import deliver
from paraph.messaging.models import Message

from .. import messages, queries, rules, steps
from ..events import (
    CampaignCancelled,
    CampaignFinished,
    CampaignLaunched,
    CampaignPaused,
    CampaignResumed,
)
from ..lifecycle import Outcome, Step
from ..models import Campaign, Recipient
from ..refusals import CannotSendCampaign

GATHERED_AT_ONCE = 500
MINUTE = timedelta(minutes=1)
TURN = timedelta(seconds=5)
"""A turn writes what the rate allows in so long, and one message at least."""


@db.transaction
def launch_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Send a draft to everybody in its segments who agreed; nothing leaves before the commit."""
    campaign.lock()
    obstacles = rules.obstacles_to_launching(
        campaign, has_segments=campaign.segments.exists()
    ) + queries.obstacles_around(campaign)
    if obstacles:
        raise CannotSendCampaign(obstacles)

    campaign.take(Step.LAUNCH, at=at)
    audience = queries.audience_of(campaign).count()
    launched = CampaignLaunched(campaign.pk, title=campaign.title, audience=audience)
    journal.record(launched, by=by, at=at)


@db.transaction
def pause_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Write nothing more until somebody lets it go on; what is queued still leaves."""
    campaign.lock()
    campaign.take(Step.PAUSE, at=at)
    journal.record(CampaignPaused(campaign.pk, title=campaign.title), by=by, at=at)


@db.transaction
def resume_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Go on where it stopped."""
    campaign.lock()
    if obstacles := rules.obstacles_to_gathering(campaign):
        raise CannotSendCampaign(obstacles)
    campaign.take(Step.RESUME, at=at)
    journal.record(CampaignResumed(campaign.pk, title=campaign.title), by=by, at=at)


@db.transaction
def cancel_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Stop for good: who was not written to yet is left out, what has not left is taken back."""
    campaign.lock()
    campaign.take(Step.CANCEL, at=at)
    written = campaign.recipients.filter(outcome=Outcome.WRITTEN)
    settling.withdraw(Message.objects.filter(pk__in=written.values("message")), at=at)
    campaign.recipients.filter(outcome=Outcome.WAITING).update(
        outcome=Outcome.SKIPPED, reason=_("The campaign was cancelled.")
    )
    journal.record(CampaignCancelled(campaign.pk, title=campaign.title), by=by, at=at)


@db.transaction
def gather_stretch(campaign: Campaign, *, at: datetime, at_most: int = GATHERED_AT_ONCE) -> bool:
    """Note the next of those in its segments; tell whether there may be more.

    Who left sees nobody: the campaign pauses then, else it would end without the rest.
    An address waits once, however many contacts have it; who cannot be written to is left out
    here already, so that they do not stand before somebody with the same address who agreed.
    """
    campaign.lock()
    if campaign.is_gathered or not campaign.is_sending:
        return False
    campaign.responsible.lock()  # they may be leaving at this moment
    if rules.obstacles_to_gathering(campaign):
        steps.pause_for_leaver(campaign, campaign.responsible, at=at)
        return False
    ahead = queries.audience_of(campaign).filter(pk__gt=campaign.gathered_to)
    contacts = list(ahead.order_by("pk")[:at_most])
    obstacles = queries.obstacles_by_contact(contacts, channel=campaign.channel)
    Recipient.objects.bulk_create(
        (_noted(contact, campaign, obstacles[contact.pk]) for contact in contacts),
        ignore_conflicts=True,
    )
    if contacts:
        campaign.gathered_to = contacts[-1].pk
    campaign.is_gathered = len(contacts) < at_most
    campaign.save(update_fields=["gathered_to", "is_gathered"])
    return not campaign.is_gathered


@db.transaction
def write_stretch(campaign: Campaign, *, at: datetime) -> bool:
    """Write to the next, as many as the rate allows now; tell whether any are left.

    Whether somebody may be written to is asked here, at the last moment, and nowhere is a
    message of a campaign written without it.
    """
    campaign.lock()
    if not (campaign.is_sending and campaign.is_gathered):
        return False
    if campaign.next_at and at < campaign.next_at:
        return True
    waiting = campaign.recipients.filter(outcome=Outcome.WAITING).select_related(
        "contact__company", "contact__responsible"
    )
    turn = list(waiting.order_by("pk")[: size_of_turn(campaign)])
    _write_to(campaign, turn, at=at)
    fault_point("campaign-turn")
    campaign.next_at = at + len(turn) * MINUTE / campaign.rate
    campaign.save(update_fields=["next_at"])
    if campaign.recipients.filter(outcome=Outcome.WAITING).exists():
        return True
    _finish(campaign, at=at)
    return False


def _noted(contact: Contact, campaign: Campaign, obstacles: list[str]) -> Recipient:
    return Recipient(
        campaign=campaign,
        contact=contact,
        name=contact.name,
        address=rules.address_of(contact, campaign.channel),
        outcome=Outcome.SKIPPED if obstacles else Outcome.WAITING,
        reason=" ".join(obstacles)[:300],
    )


def size_of_turn(campaign: Campaign) -> int:
    """Return how many messages one turn may write."""
    return max(1, campaign.rate * TURN // MINUTE)


@db.transaction_required
def _write_to(campaign: Campaign, turn: list[Recipient], *, at: datetime) -> None:
    here = [recipient.contact for recipient in turn if recipient.contact]
    obstacles = queries.obstacles_by_contact(here, channel=campaign.channel)
    for recipient in turn:
        if reasons := _obstacles(recipient, campaign, obstacles):
            recipient.outcome, recipient.reason = Outcome.SKIPPED, " ".join(reasons)[:300]
        else:
            _write_one(recipient, campaign, at=at)
    written = ("outcome", "reason", "address", "message", "token_hash")
    Recipient.objects.bulk_update(turn, written)


def _obstacles(recipient: Recipient, campaign: Campaign, obstacles: queries.Allowed) -> list[str]:
    """Say why this one is not written to; an address that changed meanwhile is followed."""
    contact = recipient.contact
    if contact is None:
        return [_("They are no longer in the directory.")]
    if reasons := obstacles[contact.pk]:
        return reasons
    now = rules.address_of(contact, campaign.channel)
    if now != recipient.address:
        known = campaign.recipients.filter(address=now).exclude(outcome=Outcome.SKIPPED)
        if known.exclude(pk=recipient.pk).exists():
            return [_("Another contact with the same address gets it.")]
        recipient.address = now
        recipient.save(update_fields=["address"])
    return []


@db.transaction_required
def _write_one(recipient: Recipient, campaign: Campaign, *, at: datetime) -> None:
    token = secrets.token_urlsafe(16)
    letter = messages.campaign_message(campaign, recipient, token=token)
    once = f"campaign-{campaign.pk}-{recipient.pk}"
    recipient.message = deliver(letter, once=once, at=at)
    recipient.token_hash = rules.hashed(token)
    recipient.outcome = Outcome.WRITTEN


@db.transaction_required
def _finish(campaign: Campaign, *, at: datetime) -> None:
    campaign.take(Step.FINISH, at=at)
    counts = queries.outcomes_of(campaign)
    finished = CampaignFinished(
        campaign.pk,
        title=campaign.title,
        written=counts.get(Outcome.WRITTEN, 0),
        skipped=counts.get(Outcome.SKIPPED, 0),
    )
    journal.record(finished, by=SYSTEM, at=at)
