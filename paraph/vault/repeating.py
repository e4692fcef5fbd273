"""What a register says has gone, taken away again from a copy that was restored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError

from paraph.contacts.models import Contact
from paraph.kit.errors import Refused
from paraph.kit.faults import fault_point
from paraph.people.models import Employee

from .actions.destroying import destroy_again, refuse_held
from .actions.erasing import order_erasure, order_of, refuse_needed
from .gone import Gone, GoneDocument, GonePerson, Unread
from .models import Erasure, SignedFile

REASON = "Repeated: it had been erased before this copy was restored."
UNREAD = "This line cannot be read: it is cut short, or from a later release."


@dataclass
class Repeated:
    """How many documents went again, how many erasures were ordered again, and what stays."""

    documents: int = 0
    people: int = 0
    refused: list[str] = field(default_factory=list)


def repeat(lines: Iterable[Gone | Unread], *, at: datetime, is_tried: bool = False) -> Repeated:
    """Take away what is here and should not be; to do so again is harmless.

    ``is_tried`` only counts. What is on hold here stays, and is named by its ID; so does a line
    that cannot be read, by its place.
    """
    done = Repeated()
    for gone in lines:
        fault_point("gone-before-line")
        try:
            _repeat(gone, done, at=at, is_tried=is_tried)
        except (Refused, IntegrityError, OverflowError) as refusal:
            done.refused.append(f"{gone}: {refusal}")
    return done


def _repeat(gone: Gone | Unread, done: Repeated, *, at: datetime, is_tried: bool) -> None:
    match gone:
        case GoneDocument():
            done.documents += _document(gone, at=at, is_tried=is_tried)
        case GonePerson():
            done.people += _person(gone, at=at, is_tried=is_tried)
        case Unread():
            done.refused.append(f"{gone}: {UNREAD}")


def _document(gone: GoneDocument, *, at: datetime, is_tried: bool) -> bool:
    file = SignedFile.objects.filter(code=gone.code).first()
    if file is None:
        return False
    if is_tried:
        refuse_held(file)
    else:
        destroy_again(file, gone=gone, at=at)
    return True


def _person(gone: GonePerson, *, at: datetime, is_tried: bool) -> bool:
    contact = Contact.objects.filter(pk=gone.number).first()
    if contact is None or contact.created_at != gone.made_at or not _is_owed(contact):
        return False
    named = Employee.objects.filter(pk=gone.by or 0).first()
    by = named or Employee.objects.order_by("pk")[0]  # whoever set the house up
    if is_tried:
        refuse_needed(contact, by=by)
        return True
    order_erasure(contact, reason=REASON, by=by, at=at)
    return True


def _is_owed(contact: Contact) -> bool:
    """Tell whether no erasure is done or on its way here; one that was refused is none."""
    earlier = Erasure.objects.filter(contact_number=contact.pk)
    return not any(it.done_at or _is_on_its_way(it) for it in earlier)


def _is_on_its_way(erasure: Erasure) -> bool:
    order = order_of(erasure)
    return order is not None and order.is_open
