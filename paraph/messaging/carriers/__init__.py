"""Who carries a message out of the house: an SMTP server, an SMS provider, or the Mailbox."""

from django.conf import settings
from django.utils.module_loading import import_string

from .base import AnswerLost, Carrier, Handed, RefusedForGood, TryAgain
from .mailbox import Mailbox
from .smtp import Smtp
from .twilio import Twilio

__all__ = [
    "AnswerLost",
    "Carrier",
    "Handed",
    "RefusedForGood",
    "TryAgain",
    "can_carry",
    "carrier_for",
]


def carrier_for(channel: str) -> Carrier:
    """Return who carries this channel here; raises ``TryAgain`` while nobody is configured."""
    if channel == "email" and settings.SMTP_URL:
        return Smtp(settings.SMTP_URL, sender=settings.MAIL_FROM)
    if channel == "sms" and settings.TWILIO_ACCOUNT:
        return Twilio(
            settings.TWILIO_URL,
            account=settings.TWILIO_ACCOUNT,
            token=settings.TWILIO_TOKEN,
            sender=settings.TWILIO_FROM,
        )
    if import_string(settings.TRIAL)():
        return Mailbox()
    raise TryAgain(f"No provider is configured for {channel}.")


def can_carry(channel: str) -> bool:
    """Tell whether messages of this channel can leave the house."""
    try:
        carrier_for(channel)
    except TryAgain:
        return False
    return True
