"""Segments are put together, grown and thrown away here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.kit import db
from paraph.people.models import Employee

from .. import steps
from ..cards import SegmentCard
from ..events import SegmentDeleted, SegmentHandedOver, SegmentSaved
from ..lifecycle import Status
from ..models import Segment
from ..refusals import CannotAddContacts, CannotDeleteSegment


@db.transaction
def create_segment(
    card: SegmentCard,
    *,
    responsible: Employee,
    members: Sequence[Contact] = (),
    by: Actor,
    at: datetime,
) -> Segment:
    """Put a segment together: a filter with a name, or a fixed list of contacts."""
    segment = steps.new_segment(card.name, kind=card.kind, responsible=responsible, at=at)
    _write(segment, card)
    if not segment.is_dynamic and members:
        steps.add_members(segment, members, by=by, at=at)
    journal.record(SegmentSaved(segment_id=segment.pk, title=segment.name), by=by, at=at)
    return segment


@db.transaction
def edit_segment(segment: Segment, card: SegmentCard, *, by: Actor, at: datetime) -> None:
    """Call it something else, or let it follow another filter. Its kind stays."""
    segment.lock()
    _write(segment, card)
    journal.record(SegmentSaved(segment_id=segment.pk, title=segment.name), by=by, at=at)


@db.transaction
def add_contacts(segment: Segment, contacts: Sequence[Contact], *, by: Actor, at: datetime) -> int:
    """Put contacts on a fixed list; tell how many were not on it yet."""
    segment.lock()
    if segment.is_dynamic:
        raise CannotAddContacts(_("This segment follows its filter."))
    return steps.add_members(segment, contacts, by=by, at=at)


@db.transaction
def remove_contact(segment: Segment, contact: Contact, *, by: Actor, at: datetime) -> None:
    """Take one contact off a fixed list."""
    segment.lock()
    if segment.is_dynamic:
        raise CannotAddContacts(_("This segment follows its filter."))
    segment.members.remove(contact)
    journal.record(SegmentSaved(segment_id=segment.pk, title=segment.name), by=by, at=at)


@db.transaction
def delete_segment(segment: Segment, *, by: Actor, at: datetime) -> None:
    """Throw a segment away; refused while a campaign that is not over goes to it."""
    segment.lock()
    open_ones = (Status.DRAFT, Status.SENDING, Status.PAUSED)
    needed = segment.campaigns.filter(status__in=open_ones).order_by("title")
    if titles := list(needed.values_list("title", flat=True)[:5]):
        raise CannotDeleteSegment(_("These campaigns go to this segment: %s.") % ", ".join(titles))
    gone = SegmentDeleted(segment_id=segment.pk, title=segment.name)
    segment.delete()
    journal.record(gone, by=by, at=at)


@db.transaction
def hand_over_segment(
    segment: Segment, *, leaver: Employee, responsible: Employee, by: Actor, at: datetime
) -> None:
    """Let somebody else look after a segment, unless it is the leaver's no more."""
    segment.lock()
    if segment.responsible_id != leaver.pk:
        return
    before, segment.responsible = segment.responsible, responsible
    segment.save(update_fields=["responsible"])
    handed = SegmentHandedOver(segment.pk, before=before.name, after=responsible.name)
    journal.record(handed, by=by, at=at)


@db.transaction_required
def _write(segment: Segment, card: SegmentCard) -> None:
    segment.name, segment.is_shared = card.name, card.is_shared
    segment.criteria = dict(card.criteria) if segment.is_dynamic else {}
    segment.make_searchable(card.name, sort_by=card.name)
    segment.save()
