"""Whether people may be written to: they agree, they leave, they come back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.journal import SYSTEM, Actor
from paraph.kit import db

from .. import queries, rules, steps
from ..events import ConsentChanged, Resubscribed, Unsubscribed
from ..models import Recipient, Suppression
from ..refusals import CannotRecordConsent

BY_THEMSELVES = "unsubscribed"
"""The source of a consent that its contact took back by the link of a message."""


@db.transaction
def give_consent(contact: Contact, *, channel: str, source: str, by: Actor, at: datetime) -> None:
    """Keep that a contact agreed to be written to, and where they said so."""
    contact.lock()
    if not steps.agree(contact, channel=channel, source=source, by=by, at=at):
        raise CannotRecordConsent(
            _("They have unsubscribed themselves. Only they can take it back, by the same link.")
        )


@db.transaction
def withdraw_consent(
    contact: Contact, *, channel: str, source: str, by: Actor, at: datetime
) -> None:
    """Keep that a contact no longer agrees; what has not left yet is taken back."""
    steps.hold_campaigns()
    contact.lock()
    steps.keep_consent(contact, channel=channel, is_given=False, source=source, at=at)
    address = rules.address_of(contact, channel)
    if address:
        steps.suppress(address, channel=channel, is_their_word=False, at=at)
    steps.take_back(address, contact=contact, channel=channel, at=at)
    journal.record(ConsentChanged(contact.pk, channel, False, source), by=by, at=at)


@db.transaction
def unsubscribe(token: str, *, at: datetime) -> Recipient:
    """Never write again to the address that got this link; a second call changes nothing."""
    if queries.recipient_of(token).unsubscribed_at is None:  # an invented link holds nothing up
        steps.hold_campaigns()
    recipient = queries.recipient_of(token)
    if recipient.unsubscribed_at is not None:
        return recipient
    channel = recipient.campaign.channel
    steps.suppress(recipient.address, channel=channel, is_their_word=True, at=at)
    steps.take_back(recipient.address, contact=recipient.contact, channel=channel, at=at)
    if recipient.contact:
        steps.keep_consent(
            recipient.contact, channel=channel, is_given=False, source=BY_THEMSELVES, at=at
        )
    recipient.unsubscribed_at = at
    recipient.save(update_fields=["unsubscribed_at"])
    journal.record(
        Unsubscribed(recipient.contact_id, recipient.campaign_id, channel), by=SYSTEM, at=at
    )
    return recipient


@db.transaction
def resubscribe(token: str, *, at: datetime) -> Recipient:
    """Take an unsubscription back: it was a mistake, says who holds the link."""
    recipient = queries.recipient_of(token)
    if recipient.unsubscribed_at is None:
        return recipient
    channel = recipient.campaign.channel
    hashed = rules.hash_of(recipient.address)
    Suppression.objects.filter(channel=channel, address_hash=hashed).delete()
    if recipient.contact:
        steps.keep_consent(
            recipient.contact, channel=channel, is_given=True, source="taken back", at=at
        )
    recipient.unsubscribed_at = None
    recipient.save(update_fields=["unsubscribed_at"])
    journal.record(
        Resubscribed(recipient.contact_id, recipient.campaign_id, channel), by=SYSTEM, at=at
    )
    return recipient
