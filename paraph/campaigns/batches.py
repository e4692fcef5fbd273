"""Long work of campaigns: contacts added by hand, consents noted, results written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_rows
from paraph.contacts.batches import chosen_contacts
from paraph.contacts.models import Company
from paraph.kit.tables import csv_lines
from paraph.people.access import Right

from . import rules, steps
from .models import Campaign, Recipient, Segment, SegmentKind

GONE = gettext_lazy("It is gone, on its way already, or out of your reach.")
TICK = 1000


@by_stretches("campaigns.add-to-campaign", title=gettext_lazy("Add to a campaign"))
def add_to_campaign(batch: Batch, at: datetime) -> Stretch:
    """Put the contacts on a draft's own fixed list; without a draft, begin one first."""
    rows = next_rows(batch, chosen_contacts(batch))
    campaign = _campaign(batch, at=at)
    if campaign is None:
        return Stretch(len(rows), refused=[(it.name, str(GONE)) for it in rows], after=after(rows))
    segment = steps.additions_of(campaign, at=at)
    changed = steps.add_members(segment, rows, campaign=campaign, by=batch.owner.actor, at=at)
    return Stretch(len(rows), changed, [], after(rows))


@by_stretches("campaigns.add-to-segment", title=gettext_lazy("Add to a segment"))
def add_to_segment(batch: Batch, at: datetime) -> Stretch:
    """Put the contacts on a fixed list; without one, begin it first."""
    rows = next_rows(batch, chosen_contacts(batch))
    segment = _segment(batch, at=at)
    if segment is None:
        return Stretch(len(rows), refused=[(it.name, str(GONE)) for it in rows], after=after(rows))
    changed = steps.add_members(segment, rows, by=batch.owner.actor, at=at)
    return Stretch(len(rows), changed, [], after(rows))


@by_stretches("campaigns.record-consent", title=gettext_lazy("Record consent"))
def record_consent(batch: Batch, at: datetime) -> Stretch:
    """Keep that the contacts agreed to be written to, but for those who left themselves."""
    channel, source = batch.given["channel"], batch.given["source"]
    rows = next_rows(batch, chosen_contacts(batch, Right.EDIT))
    agreed, refused = 0, []
    for contact in rows:
        if not rules.address_of(contact, channel):
            refused.append((contact.name, _("There is no address to write to.")))
        elif steps.agree(contact, channel=channel, source=source, by=batch.owner.actor, at=at):
            agreed += 1
        else:
            refused.append((contact.name, _("They have unsubscribed themselves.")))
    return Stretch(len(rows), agreed, refused, after(rows))


@writing_a_file("campaigns.export-results", title=gettext_lazy("Export results"))
def export_results(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write what became of each message of a campaign, as CSV."""
    owner = batch.owner
    reach = Campaign.objects.visible_to(owner, Right.EXPORT)
    campaign = reach.get(pk=batch.given["campaign"])
    with translation.override(owner.language), timezone.override(owner.time_zone):
        for part in csv_lines(_results(campaign, tick), language=owner.language):
            file.write(part)


def _results(campaign: Campaign, tick: Tick) -> Iterator[list[str]]:
    yield [_("Name"), _("Address"), _("Result"), _("Reason"), _("Sent on"), _("Unsubscribed on")]
    rows = Recipient.objects.filter(campaign=campaign).select_related("message").order_by("pk")
    for number, row in enumerate(rows.iterator(chunk_size=TICK), start=1):
        if number % TICK == 0:
            tick(number)
        sent_at = row.message.sent_at if row.message else None
        yield [
            *(row.name, row.address, str(row.result_label), row.why),
            *(_moment(sent_at), _moment(row.unsubscribed_at)),
        ]


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def _campaign(batch: Batch, *, at: datetime) -> Campaign | None:
    """Return the draft that was chosen, or the one that the first stretch begins."""
    if pk := batch.given.get("campaign"):
        reach = Campaign.objects.visible_to(batch.owner, Right.EDIT)
        drafts = reach.filter(pk=pk).select_related("responsible", "additions")
        return next((it for it in drafts if it.is_draft), None)
    company = Company.objects.ours().order_by("id").first()
    if company is None:
        return None
    campaign = steps.new_campaign(
        batch.given["title"], company=company, responsible=batch.owner, at=at
    )
    batch.given["campaign"] = campaign.pk
    return campaign


def _segment(batch: Batch, *, at: datetime) -> Segment | None:
    if pk := batch.given.get("segment"):
        reach = Segment.objects.visible_to(batch.owner, Right.EDIT)
        return reach.filter(pk=pk, kind=SegmentKind.STATIC).first()
    segment = steps.new_segment(
        batch.given["title"], kind=SegmentKind.STATIC, responsible=batch.owner, at=at
    )
    batch.given["segment"] = segment.pk
    return segment
