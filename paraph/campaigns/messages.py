"""What a campaign says to one person. The frame is a template, the words are the writer's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.conf import settings

from paraph.contacts.models import Contact
from paraph.kit.placeholders import filled
from paraph.messaging.letters import Channel as Way
from paraph.messaging.letters import Letter, Words, words_of
from paraph.people.models import Employee

from . import wording
from .models import Campaign, Recipient

EXAMPLE = "example"
"""Stands for the token in a preview and in a test: its link unsubscribes nobody."""


def address_of(token: str) -> str:
    """Return where a reader unsubscribes; short enough for a text message."""
    return f"{settings.PARAPH_URL}/u/{token}/"


def campaign_message(campaign: Campaign, recipient: Recipient, *, token: str) -> Letter:
    """Write to one contact."""
    contact = cast(Contact, recipient.contact)
    url = address_of(token)
    return Letter(
        kind="campaign",
        channel=cast(Way, campaign.channel),
        recipient=recipient.address,
        recipient_name=contact.name,
        language=campaign.language,
        context=_context(campaign, wording.values_of(contact), url),
        about=("recipient", recipient.pk),
        unsubscribe_url=url,
    )


def test_of(campaign: Campaign, *, contact: Contact | None, to: Employee, address: str) -> Letter:
    """Write to the person who tries it, as the contact would read it."""
    return Letter(
        kind="campaign",
        channel=cast(Way, campaign.channel),
        recipient=address,
        recipient_name=to.name,
        language=campaign.language,
        context=_context(campaign, _values(contact), address_of(EXAMPLE), is_test=True),
        about=("campaign", campaign.pk),
    )


def words_for(campaign: Campaign, contact: Contact | None) -> Words:
    """Return what a contact would read."""
    letter = Letter(
        kind="campaign",
        channel=cast(Way, campaign.channel),
        recipient="",
        recipient_name=contact.name if contact else "",
        language=campaign.language,
        context=_context(campaign, _values(contact), address_of(EXAMPLE)),
    )
    return words_of(letter)


def _values(contact: Contact | None) -> Mapping[str, str]:
    return wording.values_of(contact) if contact else {}


def _context(
    campaign: Campaign, values: Mapping[str, str], link: str, *, is_test: bool = False
) -> dict[str, object]:
    return {
        "company": campaign.company,
        "subject": filled(campaign.subject, values),
        "text": filled(campaign.text, values),
        "unsubscribe": link,
        "is_test": is_test,
    }
