"""Which documents an employee can sign together with one code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph.people.models import Employee
from paraph.signing.models import Party, PartyRole

from .acting import obstacles_to_acting


def obstacles_to_stacking(
    person: Employee, parties: Sequence[Party], *, most: int, at: datetime
) -> list[str]:
    """Say, in words for the employee, why these can not be signed together now."""
    if not parties:
        return [_("Choose at least one document.")]
    if len(parties) > most:
        return [_("Choose at most %(count)d documents at a time.") % {"count": most}]
    return [reason for party in parties for reason in _obstacles_of(party, person, at=at)]


def _obstacles_of(party: Party, person: Employee, *, at: datetime) -> list[str]:
    title = party.envelope.title
    if party.employee_id != person.pk or party.role != PartyRole.SIGNER:
        return [_("“%(title)s” is not for you to sign.") % {"title": title}]
    return [
        _("“%(title)s”: %(reason)s") % {"title": title, "reason": reason}
        for reason in obstacles_to_acting(party, party.envelope, at=at)
    ]
