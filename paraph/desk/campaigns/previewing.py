"""What one contact would read, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.campaigns import messages, wording
from paraph.campaigns.models import Campaign
from paraph.contacts.models import Contact
from paraph.kit.placeholders import filled
from paraph.messaging import texting


@dataclass(frozen=True)
class Preview:
    """A message in the words of one reader."""

    campaign: Campaign
    subject: str
    text: str
    contact: Contact | None
    unsubscribe: str
    size: texting.Size | None
    """How long a text message is."""


def preview_of(campaign: Campaign, contact: Contact | None) -> Preview:
    """Return what the contact would read; without one, what stands behind the bars."""
    values = wording.values_of(contact) if contact else {}
    words = messages.words_for(campaign, contact)
    return Preview(
        campaign,
        subject=filled(campaign.subject, values),
        text=filled(campaign.text, values),
        contact=contact,
        unsubscribe=messages.address_of(messages.EXAMPLE),
        size=None if campaign.is_email else texting.size_of(words.text),
    )
