"""Steps that several actions share: consent and suppression, search, contacts added by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from paraph import journal
from paraph.contacts.models import Company, Contact
from paraph.journal import SYSTEM, Actor
from paraph.kit import db
from paraph.messaging import settling
from paraph.messaging.models import Message
from paraph.people.models import Employee

from . import rules
from .events import CampaignCreated, CampaignPaused, ConsentChanged, ContactsAdded
from .lifecycle import Step
from .models import (
    Campaign,
    Channel,
    Consent,
    Recipient,
    Segment,
    SegmentKind,
    Suppression,
)


@db.transaction_required
def keep_consent(
    contact: Contact, *, channel: str, is_given: bool, source: str, at: datetime
) -> None:
    """Let the latest word of a contact count."""
    Consent.objects.update_or_create(
        contact=contact,
        channel=channel,
        defaults={"is_given": is_given, "source": source[:200], "at": at},
    )


@db.transaction_required
def agree(contact: Contact, *, channel: str, source: str, by: Actor, at: datetime) -> bool:
    """Keep that a contact agreed, unless they unsubscribed themselves; tell whether it is kept."""
    hashed = rules.hash_of(rules.address_of(contact, channel))
    kept = Suppression.objects.filter(channel=channel, address_hash=hashed)
    if kept.filter(is_their_word=True).exists():
        return False
    kept.delete()
    keep_consent(contact, channel=channel, is_given=True, source=source, at=at)
    journal.record(ConsentChanged(contact.pk, channel, True, source), by=by, at=at)
    return True


@db.transaction_required
def suppress(address: str, *, channel: str, is_their_word: bool, at: datetime) -> None:
    """Never write to the address again."""
    kept, is_new = Suppression.objects.get_or_create(
        channel=channel,
        address_hash=rules.hash_of(address),
        defaults={"at": at, "is_their_word": is_their_word},
    )
    if is_their_word and not (is_new or kept.is_their_word):
        kept.is_their_word = True
        kept.save(update_fields=["is_their_word"])


@db.transaction_required
def take_back(address: str, *, contact: Contact | None, channel: str, at: datetime) -> None:
    """Take back what has not left yet: to the address, and to others that the contact had."""
    theirs = Q(pk__in=())
    if address:
        theirs |= Q(address=address)
    if contact is not None:
        theirs |= Q(contact=contact)
    written = Recipient.objects.filter(theirs, campaign__channel=channel)
    settling.withdraw(Message.objects.filter(pk__in=written.values("message")), at=at)


@db.transaction_required
def hold_campaigns() -> None:
    """Let none write meanwhile: it may have asked before a no, and commit after it.

    This comes before any contact is locked, as where campaigns write.
    """
    open_ones = Campaign.objects.filter(closed_at=None).order_by("pk")
    list(open_ones.select_for_update().values_list("pk"))


@db.transaction_required
def index(campaign: Campaign) -> None:
    """Let the campaign be found by its words; the caller saves."""
    campaign.make_searchable(
        campaign.title, campaign.subject, campaign.text, sort_by=campaign.title
    )


@db.transaction_required
def pause_for_leaver(campaign: Campaign, leaver: Employee, *, at: datetime) -> None:
    """Wait for somebody's decision: the leaver saw other contacts than whoever comes after."""
    campaign.take(Step.PAUSE, at=at)
    paused = CampaignPaused(campaign.pk, title=campaign.title, left=leaver.name)
    journal.record(paused, by=SYSTEM, at=at)


@db.transaction_required
def new_segment(name: str, *, kind: str, responsible: Employee, at: datetime) -> Segment:
    """Begin a segment that is called so."""
    segment = Segment(name=name[:120], kind=kind, responsible=responsible, created_at=at)
    segment.make_searchable(segment.name, sort_by=segment.name)
    segment.save()
    return segment


@db.transaction_required
def new_campaign(title: str, *, company: Company, responsible: Employee, at: datetime) -> Campaign:
    """Begin a draft."""
    campaign = Campaign(
        title=title,
        company=company,
        responsible=responsible,
        language=responsible.language,
        channel=Channel.EMAIL,
        created_at=at,
    )
    index(campaign)
    campaign.save()
    created = CampaignCreated(campaign_id=campaign.pk, title=title)
    journal.record(created, by=responsible.actor, at=at)
    return campaign


@db.transaction_required
def additions_of(campaign: Campaign, *, at: datetime) -> Segment:
    """Return the campaign's own fixed list; the first addition makes it."""
    if campaign.additions is None:
        owner = campaign.responsible
        campaign.additions = new_segment(
            campaign.title, kind=SegmentKind.STATIC, responsible=owner, at=at
        )
        campaign.save(update_fields=["additions"])
        campaign.segments.add(campaign.additions)
    return campaign.additions


@db.transaction_required
def add_members(
    segment: Segment,
    contacts: Sequence[Contact],
    *,
    campaign: Campaign | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Put contacts on a fixed list; tell how many were not on it yet."""
    numbers = [contact.pk for contact in contacts]
    known = set(segment.members.filter(pk__in=numbers).values_list("pk", flat=True))
    fresh = [contact for contact in contacts if contact.pk not in known]
    segment.members.add(*fresh)
    if fresh:
        added = ContactsAdded(
            segment_id=segment.pk,
            title=segment.name,
            number=len(fresh),
            campaign_id=campaign.pk if campaign else None,
        )
        journal.record(added, by=by, at=at)
    return len(fresh)
