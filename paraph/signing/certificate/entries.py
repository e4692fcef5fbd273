"""What an act writes on the certificate of completion. Everybody reads it, so addresses are
shortened; the owner's evidence has them in full."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import Act, Party, Proof
from .content import in_words, slot_name

NOTHING = "-"


def entries_of(act: Act, *, serial: str, language: str, at: datetime) -> dict[str, str]:
    """Return what goes into each of the party's places on the certificate page."""
    party = act.party
    with override(language):
        said = {
            "name": party.name,
            "certificate": serial,
            "time": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "local": in_words(at, zone=zone_of(party), language=language),
            "proof": proof_of(act),
            "address": shortened(act.ip),
        }
    return {slot_name(party, cell): text for cell, text in said.items()}


def zone_of(party: Party) -> str:
    """Return the time zone that a party's moments are told in."""
    return party.employee.time_zone if party.employee else settings.TIME_ZONE


def proof_of(act: Act) -> str:
    """Say how the person was proven, in the active language."""
    if act.session is None:
        return NOTHING
    code = act.session.code
    masked = {"address": masked_address(act.party.address(code.method))}
    said = {
        Proof.SMS: _("One-time code by SMS to %(address)s") % masked,
        Proof.EMAIL: _("One-time code by e-mail to %(address)s") % masked,
        Proof.ACCESS: _("Access code agreed beforehand"),
        Proof.TOTP: _("Authenticator app of the account"),
        Proof.PASSKEY: _("Passkey of the account"),
    }
    return said[Proof(code.method)]


def masked_address(address: str) -> str:
    """Show enough of a phone number or an e-mail address for its owner to recognise it."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}{'*' * max(0, len(address) - 5)}{address[-2:]}"


def shortened(ip: str | None) -> str:
    """Show the network of an address, not the machine."""
    if not ip:
        return NOTHING
    address = ip_address(ip)
    if address.version == 4:
        return f"{ip.rsplit('.', 1)[0]}.*"
    return f"{':'.join(address.exploded.split(':')[:3])}:*"
