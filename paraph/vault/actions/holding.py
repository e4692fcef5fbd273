"""Placing things on legal hold, and lifting it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.documents.models import Document
from paraph.kit import db
from paraph.people.models import Employee
from paraph.signing.models import Envelope

from ..events import HoldLifted, HoldPlaced
from ..models import Gate, Hold
from ..refusals import NoReason, NotHere

Held = Document | Envelope | Contact


@db.transaction
def place_hold(what: Held, *, reason: str, by: Employee, at: datetime) -> Hold:
    """Keep a document, an envelope or all that a contact is part of, whatever else is said.

    Nothing is taken away between the question and the answer: see ``Gate``.
    """
    reason = reason.strip()
    if not reason:
        raise NoReason(_("Say why, so that others know later when it may be lifted."))
    Gate.close()
    try:
        what.refresh_from_db()
    except ObjectDoesNotExist:
        raise NotHere(_("“%s” is not kept here any more.") % what) from None
    noun = _noun(what)
    hold = Hold(reason=reason, placed_by=by, placed_at=at)
    setattr(hold, noun, what)
    hold.save()
    placed = HoldPlaced(reason=reason, **{f"{noun}_id": what.pk})
    journal.record(placed, by=by.actor, at=at)
    return hold


@db.transaction
def lift_hold(hold: Hold, *, reason: str, by: Employee, at: datetime) -> None:
    """Let something go its way again; its retention may have ended meanwhile."""
    reason = reason.strip()
    if not reason:
        raise NoReason(_("Say why the hold is not needed any more."))
    Gate.close()
    number = getattr(hold, f"{hold.noun}_id")
    lifted = HoldLifted(reason=reason, **{f"{hold.noun}_id": number})
    if Hold.objects.filter(pk=hold.pk).delete()[0]:
        journal.record(lifted, by=by.actor, at=at)


def _noun(what: Held) -> str:
    if isinstance(what, Document):
        return "document"
    return "envelope" if isinstance(what, Envelope) else "contact"
