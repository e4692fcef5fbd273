"""A campaign is begun, written, copied and thrown away here, and tried on oneself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import messages, rules, steps
from ..cards import CampaignCard, card_of
from ..events import CampaignDeleted, CampaignEdited, CampaignHandedOver, CampaignTested
from ..models import Campaign, Segment
from ..refusals import CannotEditCampaign, CannotSendCampaign

TOLD = ("title", "channel", "language", "subject", "text", "rate")


@db.transaction
def create_campaign(card: CampaignCard, *, responsible: Employee, at: datetime) -> Campaign:
    """Begin a draft."""
    return _begin(card, responsible=responsible, at=at)


@db.transaction
def edit_campaign(campaign: Campaign, card: CampaignCard, *, by: Actor, at: datetime) -> None:
    """Change what a draft says, or to whom."""
    campaign.lock()
    _refuse_unless_draft(campaign)
    changes = _changes(campaign, card)
    _write(campaign, card)
    if changes:
        edited = CampaignEdited(campaign_id=campaign.pk, changes=changes)
        journal.record(edited, by=by, at=at)


@db.transaction
def copy_campaign(campaign: Campaign, *, responsible: Employee, at: datetime) -> Campaign:
    """Begin a draft that says the same to the same segments."""
    card = card_of(campaign)
    title = _("%s (copy)") % card.title[:140]
    same = {name: getattr(card, name) for name in card.__dataclass_fields__}
    return _begin(CampaignCard(**{**same, "title": title}), responsible=responsible, at=at)


@db.transaction
def delete_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Throw a draft away; one that was sent stays with its results."""
    campaign.lock()
    _refuse_unless_draft(campaign)
    gone = CampaignDeleted(campaign_id=campaign.pk, title=campaign.title)
    own = campaign.additions
    campaign.delete()
    if own and not own.campaigns.exists():
        own.delete()
    journal.record(gone, by=by, at=at)


@db.transaction
def send_test_of_campaign(
    campaign: Campaign, *, contact: Contact | None, to: Employee, at: datetime
) -> str:
    """Send the message to the person who writes it, marked as a test; tell to which address."""
    address = to.email if campaign.is_email else to.phone
    if not address:
        raise CannotSendCampaign(_("Your own profile has no phone number to send the test to."))
    if problems := rules.obstacles_to_launching(campaign, has_segments=True):
        raise CannotSendCampaign(problems)
    letter = messages.test_of(campaign, contact=contact, to=to, address=address)
    deliver(letter, once=f"campaign-{campaign.pk}-test-{to.pk}-{at.timestamp()}", at=at)
    tested = CampaignTested(campaign_id=campaign.pk, title=campaign.title, address=address)
    journal.record(tested, by=to.actor, at=at)
    return address


@db.transaction
def hand_over_campaign(
    campaign: Campaign, *, leaver: Employee, responsible: Employee, by: Actor, at: datetime
) -> None:
    """Let somebody else look after a campaign, unless it is the leaver's no more."""
    campaign.lock()
    if campaign.responsible_id != leaver.pk:
        return
    if campaign.is_sending and not campaign.is_gathered:
        steps.pause_for_leaver(campaign, leaver, at=at)
    before, campaign.responsible = campaign.responsible, responsible
    campaign.save(update_fields=["responsible"])
    handed = CampaignHandedOver(campaign.pk, before=before.name, after=responsible.name)
    journal.record(handed, by=by, at=at)


@db.transaction_required
def _begin(card: CampaignCard, *, responsible: Employee, at: datetime) -> Campaign:
    campaign = steps.new_campaign(card.title, company=card.company, responsible=responsible, at=at)
    _write(campaign, card)
    return campaign


@db.transaction_required
def _write(campaign: Campaign, card: CampaignCard) -> None:
    for name, value in card.written.items():
        setattr(campaign, name, value)
    steps.index(campaign)
    campaign.save()
    campaign.segments.set(_segments(campaign, card))


def _segments(campaign: Campaign, card: CampaignCard) -> list[Segment]:
    """Return the chosen segments, and those the campaign has that were not to choose from."""
    if card.offered is None:
        return list(card.segments)
    return [*campaign.segments.exclude(pk__in=[it.pk for it in card.offered]), *card.segments]


def _changes(campaign: Campaign, card: CampaignCard) -> dict[str, Any]:
    """Return what will differ, before and after, by the name of the column."""
    changes = {
        name: [str(getattr(campaign, name))[:200], str(getattr(card, name))[:200]]
        for name in TOLD
        if getattr(campaign, name) != getattr(card, name)
    }
    before = [it.name for it in campaign.segments.all()]
    after = [it.name for it in _segments(campaign, card)]
    if set(before) != set(after):
        changes["segments"] = [", ".join(before), ", ".join(after)]
    return changes


def _refuse_unless_draft(campaign: Campaign) -> None:
    if not campaign.is_draft:
        raise CannotEditCampaign(_("This campaign is on its way already. Copy it to begin anew."))
