"""Campaigns in the background: one turn after the other, and whoever looks after lost ones."""

from datetime import datetime

from django.utils import timezone

from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.kit.jobs import enqueue, job
from paraph.people.models import Employee

from .actions import drafting, segments, sending
from .actions.erasing import erase_recipient
from .models import Campaign, Segment


@job(queue="campaigns")
def send_campaign(campaign_id: int) -> None:
    """Take one turn: gather the next stretch, or write as many as the rate allows; order more."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None or not campaign.is_sending:
        return
    at = timezone.now()
    if sending.gather_stretch(campaign, at=at):
        return _order_turn(campaign)
    if sending.write_stretch(campaign, at=at):
        _order_turn(campaign, run_at=campaign.next_at)


@job(queue="campaigns")
def mend_campaigns() -> None:
    """Order the turn of every campaign that is being sent: a killed worker may have lost it."""
    for campaign in Campaign.objects.sending():
        _order_turn(campaign)


@job
def hand_over_campaigns(employee_id: int, heir_id: int) -> None:
    """Give the heir the campaigns and segments of somebody who left."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    at = timezone.now()
    for campaign in Campaign.objects.filter(responsible=employee_id).order_by("pk"):
        drafting.hand_over_campaign(campaign, leaver=leaver, responsible=heir, by=SYSTEM, at=at)
    for segment in Segment.objects.filter(responsible=employee_id).order_by("pk"):
        segments.hand_over_segment(segment, leaver=leaver, responsible=heir, by=SYSTEM, at=at)


@job
def forget_recipient(contact_id: int) -> None:
    """Forget that a person whose data was erased was written to."""
    erase_recipient(contact_id)


@db.transaction_required
def order_turn(campaign_id: int, *, run_at: datetime | None = None) -> None:
    """Have the next turn taken; one order waits at a time, however many ask for it."""
    enqueue(send_campaign, campaign_id=campaign_id, once=f"campaign-{campaign_id}", run_at=run_at)


@db.transaction
def _order_turn(campaign: Campaign, *, run_at: datetime | None = None) -> None:
    order_turn(campaign.pk, run_at=run_at)
