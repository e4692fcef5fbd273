"""What the sender, or a party itself, may change in the line while the documents travel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from paraph.signing.choices import Reach, Successor
from paraph.signing.lifecycle import IN_LINE, Status
from paraph.signing.models import Channel, Envelope, Party, PartyRole

Parties = Sequence[Party]
NUMBER = re.compile(r"\+[1-9]\d{6,14}")


def obstacles_to_changing(party: Party, envelope: Envelope) -> list[str]:
    """Say why nothing about this party can be changed any more."""
    if envelope.status != Status.SENT:
        return [_("There is nothing left to wait for.")]
    if party.is_signing:
        return [
            _("%(name)s is signing at this moment. Try again in a minute.") % {"name": party.name}
        ]
    if party.status not in IN_LINE:
        return [_("%(name)s has nothing left to do here.") % {"name": party.name}]
    return []


def obstacles_to_succeeding(
    party: Party, successor: Successor, *, parties: Parties, may_sign: bool
) -> list[str]:
    """Say why this person can not act in the party's place; ``may_sign`` is of one of ours."""
    reasons = []
    if party.is_ours and successor.employee is None:
        reasons.append(_("Choose one of your own people."))
    elif party.is_ours and party.is_signer and not may_sign:
        named = {"name": successor.employee or ""}
        reasons.append(_("%(name)s does not hold the right to sign for the company.") % named)
    elif not party.is_ours and successor.employee is not None:
        reasons.append(_("Choose somebody on the same side."))
    if any(_is_same(other, successor) for other in parties if not other.is_gone):
        reasons.append(_("This person is a party already."))
    return reasons or _obstacles_of_addresses(party, successor)


def _is_same(party: Party, successor: Successor) -> bool:
    person = successor.person
    email = (person.email if person else successor.email).casefold()
    is_known = (successor.employee is not None and party.employee_id == successor.employee.pk) or (
        successor.contact is not None and party.contact_id == successor.contact.pk
    )
    return is_known or bool(email and party.email.casefold() == email)


def code_channel_of(place: Party, successor: Successor) -> str:
    """Return how who takes a place proves themselves: as the sender chose for the place.

    Words were agreed with one person, so another needs a code, unless the place was open.
    """
    is_personal = place.code_channel not in Channel.values and place.is_chosen
    return successor.code_channel or (successor.channel if is_personal else place.code_channel)


def _obstacles_of_addresses(party: Party, successor: Successor) -> list[str]:
    person, ways = successor.person, {successor.channel, code_channel_of(party, successor)}
    name = (person.name if person else successor.name).strip()
    email = person.email if person else successor.email
    phone = person.phone if person else successor.phone
    reasons = [] if name else [_("Write the person's name.")]
    if Channel.SMS in ways and not phone:
        reasons.append(_("Write a phone number."))
    if Channel.EMAIL in ways and not email:
        reasons.append(_("Write an e-mail address."))
    return reasons + obstacles_to_reaching(Reach(email=email, phone=phone))


def obstacles_to_reaching(reach: Reach) -> list[str]:
    """Say which of these addresses nobody can be reached at."""
    reasons = []
    if reach.email and not _is_email(reach.email):
        reasons.append(_("“%(text)s” is not an e-mail address.") % {"text": reach.email})
    if reach.phone and not NUMBER.fullmatch(reach.phone):
        reasons.append(_("Write the number with its country code, such as +33 6 12 34 56 78."))
    return reasons


def obstacles_to_correcting(party: Party, reach: Reach, *, channels: frozenset[str]) -> list[str]:
    """Say why a party can not be reached like this from now on."""
    reasons = obstacles_to_reaching(reach)
    if party.is_ours and (reach.email is not None or reach.phone is not None):
        reasons.append(_("The address of one of your own people is the one of their account."))
    wanted = as_reached(party, reach)
    named = {"name": party.name}
    used = {wanted.link_channel, wanted.code_channel}
    if Channel.EMAIL in used and not wanted.email:
        reasons.append(_("Add an e-mail address for %(name)s.") % named)
    if Channel.SMS in used and not wanted.phone:
        reasons.append(_("Add a phone number for %(name)s.") % named)
    if used & set(Channel.values) - channels:
        reasons.append(_("Nobody carries messages of this kind out of the house."))
    return reasons


def as_reached(party: Party, reach: Reach) -> Reach:
    """Return how the party would be reached, with what stays as it is."""
    given = {name: value for name, value in vars(reach).items() if value is not None}
    kept = {name: getattr(party, name) for name in vars(reach)}
    return replace(reach, **(kept | given))


def obstacles_to_handing_over(party: Party, envelope: Envelope) -> list[str]:
    """Say why the party itself can not have a colleague act instead."""
    if not envelope.may_hand_over:
        return [_("The sender wants you to sign yourself. Ask them if somebody else should.")]
    if party.role == PartyRole.COPY:
        return [_("There is nothing to hand over.")]
    if party.code_channel not in Channel.values:
        return [_("The sender agreed an access code with you alone. Ask them to replace you.")]
    return obstacles_to_changing(party, envelope)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
