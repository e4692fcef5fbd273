"""Who carries a message out of the house: providers, SMTP servers, or the Mailbox."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from . import gateway, hosted, ovh, smsapi, twilio, vonage
from .base import AnswerLost, CannotTell, Carrier, Handed, RefusedForGood, TryAgain
from .mailbox import MAILBOX, Mailbox
from .receipts import address_for
from .smtp import Smtp

__all__ = [
    "MAILBOX",
    "PROVIDERS",
    "AnswerLost",
    "CannotTell",
    "Carrier",
    "Handed",
    "RefusedForGood",
    "TryAgain",
    "can_carry",
    "carriers_for",
]

PROVIDERS = {
    "twilio": twilio.configured,
    "smsapi": smsapi.configured,
    "ovh": ovh.configured,
    "vonage": vonage.configured,
    "gateway": gateway.configured,
}


def carriers_for(channel: str) -> Sequence[Carrier]:
    """Return who carries this channel here, in the order in which they are tried.

    Raises ``TryAgain`` while nobody is configured.
    """
    carriers = _servers() if channel == "email" else _providers()
    if not carriers and import_string(settings.TRIAL)():
        carriers = [Mailbox()]
    if not carriers:
        raise TryAgain(f"No provider is configured for {channel}.")
    return carriers


def _servers() -> Sequence[Carrier]:
    """An e-mail provider is asked before the servers that are named beside it."""
    provider = hosted.configured()
    urls = filter(None, [settings.SMTP_URL, settings.SMTP_SECOND_URL])
    servers: list[Carrier] = [Smtp(url, sender=settings.MAIL_FROM) for url in urls]
    return [provider, *servers] if provider else servers


def _providers() -> Sequence[Carrier]:
    names = settings.SMS_PROVIDERS or list(PROVIDERS)
    found = [PROVIDERS[name](address_for(name)) for name in names if name in PROVIDERS]
    return [carrier for carrier in found if carrier]


def can_carry(channel: str) -> bool:
    """Tell whether messages of this channel can leave the house."""
    try:
        carriers_for(channel)
    except TryAgain:
        return False
    return True
