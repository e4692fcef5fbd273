"""Who may be written to, and when a campaign can be sent."""

from __future__ import annotations

import hashlib
import hmac

from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.kit.keys import lasting_key

from . import wording
from .models import Campaign, Channel

PURPOSE = "suppression"


def address_of(contact: Contact, channel: str) -> str:
    """Return where the contact is reached by the channel, in the one form that is compared."""
    if channel == Channel.EMAIL:
        return contact.email.strip().lower()
    return contact.phone


def hash_of(address: str) -> str:
    """Return the keyed hash by which an address is suppressed."""
    return hmac.new(lasting_key(PURPOSE), address.encode(), hashlib.sha256).hexdigest()


def hashed(token: str) -> str:
    """Return what is kept of a token: it has 128 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def obstacles_to_writing(
    contact: Contact, *, channel: str, has_consent: bool, is_suppressed: bool
) -> list[str]:
    """Say why the contact is not written to. No marketing message leaves unless this is empty."""
    obstacles = []
    if not address_of(contact, channel):
        missing = {
            Channel.EMAIL: _("The e-mail address is missing."),
            Channel.SMS: _("The phone number is missing."),
        }
        obstacles.append(missing[Channel(channel)])
    if is_suppressed:
        obstacles.append(_("They have unsubscribed."))
    elif not has_consent:
        obstacles.append(_("They have not agreed to be written to."))
    return obstacles


def obstacles_to_gathering(campaign: Campaign) -> list[str]:
    """Say why nobody can be found for it now: it reaches those whom its responsible may see."""
    if campaign.is_gathered or campaign.responsible.is_active:
        return []
    return [
        _("%s left before all recipients were found.") % campaign.responsible.name,
        _("This campaign is on its way already. Copy it to begin anew."),
    ]


def obstacles_to_launching(campaign: Campaign, *, has_segments: bool) -> list[str]:
    """Say, in words for the writer, everything that still stands in the way of sending."""
    obstacles = []
    if not has_segments:
        obstacles.append(_("Choose at least one segment."))
    if campaign.channel == Channel.EMAIL and not campaign.subject.strip():
        obstacles.append(_("Write a subject."))
    if not campaign.text.strip():
        obstacles.append(_("Write the text of the message."))
    return [
        *obstacles,
        *wording.problems_with(campaign.subject),
        *wording.problems_with(campaign.text),
    ]
