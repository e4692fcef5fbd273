"""Undoing an import: who was added goes, what was changed is as before; what is used stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from paraph.batches.kinds import Stretch
from paraph.batches.models import Batch
from paraph.contacts import steps
from paraph.contacts.events import CompanyEdited, CompanyPictureChanged, ContactDeleted
from paraph.contacts.models import Company, Contact
from paraph.journal import Event, timeline
from paraph.journal.in_bulk import record_many
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee

from .events import ImportUndone
from .models import Import, Trace

ROWS_AT_ONCE = 500
_POINTERS = {"company": "company_id", "responsible": "responsible_id"}


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


def _undone(
    stretch: Sequence[Trace], *, owner: Employee, at: datetime
) -> Iterator[tuple[str, str]]:
    """Undo each trace; yield what stays, and why."""
    numbers = {number for trace in stretch for number in (*trace.added, trace.contact or 0)}
    held = Contact.objects.select_for_update(of=("self",)).order_by("pk")
    found = held.select_related("company", "responsible").in_bulk(numbers)
    events: list[Event] = []
    may_delete, reached = _may_delete(owner), _reached(owner, found)
    for trace in stretch:
        if trace.contact in found and not _may_edit(owner, trace, reached):
            yield found[trace.contact].name, _beyond()
        elif trace.contact:
            yield from _put_back(found.get(trace.contact), trace, events)
        added = [found[it] for it in trace.added if it in found]
        if not may_delete:
            yield from ((contact.name, _beyond()) for contact in added)
            continue
        yield from _remove(added, trace.at, events)
        if trace.company:
            _remove_company(trace.company)
    record_many(events, by=owner.actor, at=at)


def _may_delete(owner: Employee) -> bool:
    """Tell whether they may delete anybody today: what they brought in themselves is theirs."""
    return any(reach(owner, it, Right.DELETE) for it in (Section.CONTACTS, Section.CRM))


def _reached(owner: Employee, found: Mapping[int, Contact]) -> set[int]:
    rows = Contact.objects.visible_to(owner, Right.EDIT).filter(pk__in=found)
    return set(rows.values_list("pk", flat=True))


def _may_edit(owner: Employee, trace: Trace, reached: set[int]) -> bool:
    """Tell whether today's rights reach a contact; one that goes back to them is theirs."""
    if trace.contact in reached:
        return True
    may = any(reach(owner, it, Right.EDIT) for it in (Section.CONTACTS, Section.CRM))
    return may and str(trace.before.get("responsible")) == str(owner.pk)


def _beyond() -> str:
    return _("You may look at this contact, and not do this with it.")


def _put_back(
    contact: Contact | None, trace: Trace, events: list[Event]
) -> Iterator[tuple[str, str]]:
    if contact and contact.edited_at != trace.at:
        yield contact.name, _changed()
    elif contact and (left := _left(trace.before.get("responsible"))):
        yield contact.name, _("%s does not work here any more.") % left.name
    elif contact:
        _restore(contact, trace.before)
        events.append(ImportUndone(contact.pk, contact.name))


def _left(number: object) -> Employee | None:
    """Return to whom the contact would go back, if they have left."""
    return Employee.objects.filter(pk=str(number or 0), is_active=False).first()


def _changed() -> str:
    return _("Somebody has changed them since.")


def _remove(
    added: Sequence[Contact], at: datetime, events: list[Event]
) -> Iterator[tuple[str, str]]:
    """Delete at once who can be deleted; where something needs one of them, one by one."""
    contacts = [contact for contact in added if contact.edited_at == at]
    yield from ((contact.name, _changed()) for contact in added if contact.edited_at != at)
    gone = [ContactDeleted(it.pk, it.name) for it in contacts]
    try:
        with transaction.atomic():
            Contact.objects.filter(pk__in=[it.pk for it in contacts]).delete()
        events.extend(gone)
        return
    except ProtectedError:
        pass
    for contact, event in zip(contacts, gone, strict=True):
        try:
            with transaction.atomic():
                contact.delete()
            events.append(event)
        except ProtectedError:
            yield contact.name, _("Documents or deals name them by now.")


def _restore(contact: Contact, before: Mapping[str, object]) -> None:
    """Put back what was there before; the earlier changes of the same import come after."""
    for name, value in before.items():
        setattr(contact, _POINTERS.get(name, name), value)
    company = before.get("company")
    if company and not Company.objects.filter(pk=str(company)).exists():  # gone since
        contact.company = None
    contact.edited_at = datetime.fromisoformat(str(before["edited_at"]))
    steps.index_contact(contact)
    contact.save()


def _remove_company(number: int) -> None:
    """Remove a company that came with the import, unless it has people or was edited by now."""
    company = Company.objects.filter(pk=number).first()
    if company is None or company.people.exists() or _is_edited(company):
        return
    try:
        with transaction.atomic():
            company.delete()
    except ProtectedError:
        return


def _is_edited(company: Company) -> bool:
    told = timeline(subject="company", object_id=company.pk)
    return told.filter(event__in=(CompanyEdited.name, CompanyPictureChanged.name)).exists()
