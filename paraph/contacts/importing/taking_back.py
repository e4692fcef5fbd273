"""Undoing an import: who was added goes, what was changed is as before; what is used stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from paraph.batches.kinds import Stretch
from paraph.batches.models import Batch
from paraph.contacts import steps
from paraph.contacts.events import CompanyEdited, CompanyPictureChanged, ContactDeleted
from paraph.contacts.models import Company, Contact
from paraph.contacts.relations import used_among
from paraph.journal import Event
from paraph.journal.in_bulk import record_many
from paraph.journal.models import Mention
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee

from .events import ImportUndone
from .models import Import, Trace

ROWS_AT_ONCE = 250
"""A fifth of a second; people whom one trace names together, up to 500, take no longer."""
_EDITED = (CompanyEdited.name, CompanyPictureChanged.name)


@dataclass(frozen=True)
class Today:
    """What a stretch of traces finds: whom it is about, and what they pointed to before."""

    owner: Employee
    contacts: Mapping[int, Contact]
    reached: set[int]
    pointed: Mapping[str, Mapping[int, Any]]

    @classmethod
    def of(cls, stretch: Sequence[Trace], owner: Employee) -> Self:
        """Fetch it all at once; the contacts are held."""
        numbers = {number for trace in stretch for number in (*trace.added, trace.contact or 0)}
        held = Contact.objects.select_for_update(of=("self",)).order_by("pk")
        contacts = held.select_related("company", "responsible").in_bulk(numbers)
        seen = Contact.objects.visible_to(owner, Right.EDIT).filter(pk__in=contacts)
        reached = set(seen.values_list("pk", flat=True))
        pointed: dict[str, Mapping[int, Any]] = {
            "company": Company.objects.in_bulk(_before(stretch, "company")),
            "responsible": Employee.objects.in_bulk(_before(stretch, "responsible")),
        }
        return cls(owner, contacts, reached, pointed)


def take_back(batch: Batch, at: datetime) -> Stretch:
    """Take back the next traces, the newest first, so that companies go after their people."""
    left = Trace.objects.filter(of=batch.given["import"]).order_by("-pk")
    stretch = _next(left)
    with translation.override(batch.owner.language):
        refused = list(_undone(stretch, owner=batch.owner, at=at))
    Trace.objects.filter(pk__in=[trace.pk for trace in stretch]).delete()
    done = sum(len(trace.added) or bool(trace.contact) for trace in stretch)
    if left.exists():
        return Stretch(done=done, refused=refused, after=True)
    Import.objects.filter(pk=batch.given["import"]).update(added=0, updated=0, skipped=0)
    return Stretch(done=done, refused=refused)


def _next(left: QuerySet[Trace]) -> list[Trace]:
    """Return as many traces as one stretch bears: each is about one row, or some hundred."""
    stretch: list[Trace] = []
    rows = 0
    for trace in left[:ROWS_AT_ONCE]:
        rows += max(1, len(trace.added))
        if stretch and rows > ROWS_AT_ONCE:
            break
        stretch.append(trace)
    return stretch


def _before(stretch: Sequence[Trace], column: str) -> set[int]:
    """Return the keys that stood in a column of the changed contacts."""
    return {number for trace in stretch if (number := trace.before.get(column))}


def _undone(
    stretch: Sequence[Trace], *, owner: Employee, at: datetime
) -> Iterator[tuple[str, str]]:
    """Undo changes, then additions, then companies; yield who stays as they are, and why."""
    today = Today.of(stretch, owner)
    events: list[Event] = []
    for trace in stretch:
        if contact := today.contacts.get(trace.contact or 0):
            yield from _put_back(contact, trace, today, events)
    there = today.contacts
    added = [(there[it], trace.at) for trace in stretch for it in trace.added if it in there]
    if _may(owner, Right.DELETE):
        yield from _remove(added, events)
        _remove_companies([trace.company for trace in stretch if trace.company])
    else:
        yield from ((contact.name, _beyond()) for contact, _at in added)
    record_many(events, by=owner.actor, at=at)


def _put_back(
    contact: Contact, trace: Trace, today: Today, events: list[Event]
) -> Iterator[tuple[str, str]]:
    responsible = today.pointed["responsible"].get(trace.before.get("responsible", 0))
    if contact.pk not in today.reached and not _is_theirs(responsible, today.owner):
        yield contact.name, _beyond()
    elif contact.edited_at != trace.at:
        yield contact.name, _changed()
    elif responsible and not responsible.is_active:
        yield contact.name, _("%s does not work here any more.") % responsible.name
    else:
        _restore(contact, trace.before, today)
        events.append(ImportUndone(contact.pk, contact.name))


def _is_theirs(responsible: Employee | None, owner: Employee) -> bool:
    """Tell whether a contact that they reach no more goes back to them."""
    return responsible == owner and _may(owner, Right.EDIT)


def _may(owner: Employee, right: Right) -> bool:
    """Tell whether they may do this with anybody today: what they brought in is theirs."""
    return any(reach(owner, it, right) for it in (Section.CONTACTS, Section.CRM))


def _beyond() -> str:
    return _("You may look at this contact, and not do this with it.")


def _changed() -> str:
    return _("Somebody has changed them since.")


def _restore(contact: Contact, before: Mapping[str, Any], today: Today) -> None:
    """Put back what was there before; the earlier changes of the same import come after."""
    for name, value in before.items():
        rows = today.pointed.get(name)  # a company that is gone since is none
        setattr(contact, name, value if rows is None else rows.get(value))
    contact.edited_at = datetime.fromisoformat(before["edited_at"])
    steps.index_contact(contact)
    contact.save(update_fields=[*before, *steps.INDEXED])


def _remove(
    added: Sequence[tuple[Contact, datetime]], events: list[Event]
) -> Iterator[tuple[str, str]]:
    """Delete those who are as they came and whom nobody has used."""
    used = used_among(Contact, [contact.pk for contact, _at in added])
    gone = []
    for contact, at in added:
        if contact.edited_at != at:
            yield contact.name, _changed()
        elif contact.pk in used:
            yield contact.name, _("Documents, deals or campaigns name them by now.")
        else:
            gone.append(contact.pk)
            events.append(ContactDeleted(contact.pk, contact.name))
    Contact.objects.filter(pk__in=gone).delete()


def _remove_companies(founded: Sequence[int]) -> None:
    """Remove companies unless they have people, were edited, or are used by now."""
    held = Company.objects.filter(pk__in=founded).select_for_update().order_by("pk")
    there = set(held.values_list("pk", flat=True))
    peopled = Contact.objects.filter(company__in=there).values_list("company", flat=True)
    about = Mention.objects.filter(noun="company", object_id__in=there)
    edited = about.filter(fact__event__in=_EDITED).values_list("object_id", flat=True)
    gone = there.difference(peopled, edited, used_among(Company, there))
    Company.objects.filter(pk__in=gone).delete()
