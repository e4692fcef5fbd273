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

from .actions.destroying import destroy_again
from .actions.erasing import order_erasure, order_of
from .gone import Line
from .models import Erasure, SignedFile

REASON = "Repeated: it had been erased before this copy was restored."


@dataclass
class Repeated:
    """How many documents went again, how many erasures were ordered again, and what stays."""

    documents: int = 0
    people: int = 0
    refused: list[str] = field(default_factory=list)


def repeat(lines: Iterable[Line], *, at: datetime, is_tried: bool = False) -> Repeated:
    """Take away what is here and should not be; to do so again is harmless.

    ``is_tried`` only counts. What is on hold here stays, and is named by its ID.
    """
    done = Repeated()
    for line in lines:
        fault_point("gone-before-line")
        try:
            if "document" in line:
                done.documents += _document(line, at=at, is_tried=is_tried)
            else:
                done.people += _person(line, at=at, is_tried=is_tried)
        except (Refused, IntegrityError) as refusal:
            done.refused.append(f"{line.get('document') or line.get('person')}: {refusal}")
    return done


def _document(line: Line, *, at: datetime, is_tried: bool) -> bool:
    file = SignedFile.objects.filter(code=str(line["document"])).first()
    if file is None or is_tried:
        return file is not None
    moment = datetime.fromisoformat(str(line["at"]))
    destroy_again(file, line=line, destroyed_at=moment, at=at)
    return True


def _person(line: Line, *, at: datetime, is_tried: bool) -> bool:
    contact = Contact.objects.filter(pk=int(line["person"])).first()
    made_at = datetime.fromisoformat(str(line.get("made_at")))
    if contact is None or contact.created_at != made_at or not _is_owed(contact):
        return False
    if is_tried:
        return True
    named = Employee.objects.filter(pk=line.get("by") or 0).first()
    by = named or Employee.objects.order_by("pk")[0]  # whoever set the house up
    order_erasure(contact, reason=REASON, by=by, at=at)
    return True


def _is_owed(contact: Contact) -> bool:
    """Tell whether no erasure is done or on its way here; one that was refused is none."""
    earlier = Erasure.objects.filter(contact_number=contact.pk)
    return not any(it.done_at or _is_on_its_way(it) for it in earlier)


def _is_on_its_way(erasure: Erasure) -> bool:
    order = order_of(erasure)
    return order is not None and order.is_open
