"""What an act writes on the certificate of completion. Everybody reads it, so addresses are
shortened; the owner's evidence has them in full."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph import journal
from paraph.sealing.company import named

from .. import proofs
from ..lifecycle import PartyStatus
from ..line_events import PartyApproved
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


def entries_without_act(party: Party, *, language: str) -> dict[str, str]:
    """Return what the certificate says of a party that did not sign in the file: who approved,
    and who was not needed any more.
    """
    with override(language):
        said = {"name": party.name, "certificate": NOTHING}
        if party.status == PartyStatus.APPROVED and party.approved_at:
            said |= _approval(party, at=party.approved_at, language=language)
        else:
            said |= {"time": NOTHING, "proof": str(party.get_status_display())}
    return {slot_name(party, cell): text for cell, text in said.items()}


def _approval(party: Party, *, at: datetime, language: str) -> dict[str, str]:
    facts = journal.timeline(subject="party", object_id=party.pk)
    fact = facts.filter(event=PartyApproved.name).first()
    told = fact.facts if fact else {}
    return {
        "time": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "local": in_words(at, zone=zone_of(party), language=language),
        "proof": str(party.get_status_display()),
        "address": shortened(told.get("ip")),
    }


def sealed_entry(party: Party, certificate: x509.Certificate) -> dict[str, str]:
    """Return what the certificate says of the company's own seal: whose, by whom, its number."""
    said = f"{named(certificate.subject)} ({named(certificate.issuer)}) "
    return {slot_name(party, "sealed"): f"{said}{certificate.serial_number:X}"}


def zone_of(party: Party) -> str:
    """Return the time zone that a party's moments are told in."""
    own = party.time_zone or (party.employee.time_zone if party.employee else "")
    return own or settings.TIME_ZONE


def proof_of(act: Act) -> str:
    """Say how the person was proven, in the active language."""
    if act.session is None:
        return NOTHING
    code = act.session.code
    masked = {"address": masked_address(proofs.sent_to(code, party=act.party))}
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
