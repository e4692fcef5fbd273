"""Whether a party can read, fill, sign or decline just now, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelope, Field, Party

from .values import missing_fields

REASON_LENGTH = 1000


def obstacles_to_acting(party: Party, envelope: Envelope, *, at: datetime) -> list[str]:
    """Say why the party can not read, fill or sign just now."""
    ended = {
        Status.DRAFT: _("This document has not been sent."),
        Status.CLOSING: _("Everybody has signed this document."),
        Status.COMPLETED: _("Everybody has signed this document."),
        Status.DECLINED: _("This document was declined."),
        Status.EXPIRED: _("The time to sign this document is over."),
        Status.CANCELLED: _("The sender has called this document back."),
    }
    if reason := ended.get(Status(envelope.status)):
        return [reason]
    if party.is_gone:
        return [why_gone(party)]
    if party.is_approver and party.is_done:
        return [_("You have approved this document.")]
    if party.is_done or party.is_signing:
        return [_("You have signed this document.")]
    if not party.is_asked:
        return [_("It is not your turn yet. We will write to you.")]
    return _obstacles_of_deadline(envelope, at=at)


def why_gone(party: Party) -> str:
    """Say, to somebody who was a party, why nothing is asked of them any more."""
    if party.status == PartyStatus.REPLACED:
        return _("Somebody else signs this document instead of you. There is nothing left to do.")
    return _("Enough people have signed this document. You are not needed any more.")


def _obstacles_of_deadline(envelope: Envelope, *, at: datetime) -> list[str]:
    if envelope.deadline_at is not None and envelope.deadline_at <= at:
        return [_("The time to sign this document is over.")]
    return []


def obstacles_to_signing(fields: Sequence[Field], *, terms: str) -> list[str]:
    """Say, in words for the party, what is missing before signing."""
    reasons = [
        _("Fill in “%(label)s” on page %(page)d.") % {"label": place, "page": place.page}
        for place in missing_fields(fields)
    ]
    if not terms.strip():
        reasons.append(_("Accept the terms first."))
    return reasons


def has_changed(shown: Mapping[int, str], newest: Mapping[int, str]) -> bool:
    """Tell whether what the party looked at is no longer what would be signed."""
    return dict(shown) != dict(newest)


def obstacles_to_declining(party: Party, parties: Sequence[Party], *, reason: str) -> list[str]:
    """Say why the party can not decline now."""
    reasons = [] if reason.strip() else [_("Say in a few words why you decline.")]
    if len(reason) > REASON_LENGTH:
        reasons.append(_("Write at most %(count)d characters.") % {"count": REASON_LENGTH})
    others = [other for other in parties if other.pk != party.pk]
    return reasons + obstacles_to_ending(others)


def obstacles_to_ending(parties: Sequence[Party]) -> list[str]:
    """Say who is signing at this moment: what they have pressed is kept, so wait for it."""
    return [
        _("%(name)s is signing at this moment. Try again in a minute.") % {"name": party.name}
        for party in parties
        if party.is_signing
    ]
