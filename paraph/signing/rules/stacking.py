"""Which documents an employee can sign together with one code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph.people.models import Employee
from paraph.signing.models import Channel, Party, PartyRole, Proof

from .acting import obstacles_to_acting


def obstacles_to_stacking(
    person: Employee, parties: Sequence[Party], *, has_own: bool, most: int, at: datetime
) -> list[str]:
    """Say, in words for the employee, why these can not be signed together now."""
    if not parties:
        return [_("Choose at least one document.")]
    if len(parties) > most:
        return [_("Choose at most %(count)d documents at a time.") % {"count": most}]
    return [
        reason
        for party in parties
        for reason in _obstacles_of(party, person, has_own=has_own, at=at)
    ]


def obstacle_to_proving(party: Party, *, has_own: bool) -> str:
    """Say why no proof of a stack is the one that the sender wants for this document.

    The code of a stack goes by e-mail; ``has_own`` tells of an app or a passkey.
    """
    if party.code_channel == Proof.EMAIL or (has_own and party.code_channel in Channel.values):
        return ""
    if party.code_channel == Channel.SMS:
        return _("The sender wants a code by SMS here: open this document from its own message.")
    return _("The sender agreed an access code with you: open this document from its own message.")


def _obstacles_of(party: Party, person: Employee, *, has_own: bool, at: datetime) -> list[str]:
    title = party.envelope.title
    if party.employee_id != person.pk or party.role != PartyRole.SIGNER:
        return [_("“%(title)s” is not for you to sign.") % {"title": title}]
    obstacles = obstacles_to_acting(party, party.envelope, at=at)
    reason = obstacle_to_proving(party, has_own=has_own)
    return [
        _("“%(title)s”: %(reason)s") % {"title": title, "reason": why}
        for why in [*obstacles, *filter(None, [reason])]
    ]
