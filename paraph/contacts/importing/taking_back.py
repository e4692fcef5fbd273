"""Undoing an import: who was added goes, what was changed is as before; what is used stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext as _

from paraph.batches.kinds import Stretch
from paraph.batches.models import Batch
from paraph.contacts import steps
from paraph.contacts.events import ContactDeleted
from paraph.contacts.models import Company, Contact
from paraph.journal import Event
from paraph.journal.in_bulk import record_many
from paraph.people.models import Employee

from .events import ImportUndone
from .models import Import, Trace

ROWS_AT_ONCE = 200
_POINTERS = {"company": "company_id", "responsible": "responsible_id"}


def take_back(batch: Batch, at: datetime) -> Stretch:
    """Take back the next traces, the newest first, so that companies go after their people."""
    traces = Trace.objects.filter(of=batch.given["import"])
    if batch.cursor:
        traces = traces.filter(pk__lt=batch.cursor)
    stretch = list(traces.order_by("-pk")[:ROWS_AT_ONCE])
    with translation.override(batch.owner.language):
        refused = list(_undone(stretch, owner=batch.owner, at=at))
    _forget(stretch)
    if len(stretch) == ROWS_AT_ONCE:
        return Stretch(done=len(stretch), refused=refused, after=stretch[-1].pk)
    Import.objects.filter(pk=batch.given["import"]).update(added=0, updated=0, skipped=0)
    return Stretch(done=len(stretch), refused=refused)


def _forget(stretch: Sequence[Trace]) -> None:
    Trace.objects.filter(pk__in=[trace.pk for trace in stretch]).delete()


def _undone(
    stretch: Sequence[Trace], *, owner: Employee, at: datetime
) -> Iterator[tuple[str, str]]:
    """Undo each trace; yield what stays, and why."""
    numbers = [trace.contact for trace in stretch if trace.contact]
    found = Contact.objects.select_related("company", "responsible").in_bulk(numbers)
    events: list[Event] = []
    added = []
    for trace in stretch:
        contact = found.get(trace.contact or 0)
        if contact and contact.edited_at != trace.at:
            yield contact.name, _("Somebody has changed them since.")
        elif contact and trace.before is not None:
            _restore(contact, trace.before)
            events.append(ImportUndone(contact.pk, contact.name))
        elif contact:
            added.append(contact)
    yield from _remove(added, events)
    for trace in stretch:
        if trace.company:
            _remove_company(trace.company)
    record_many(events, by=owner.actor, at=at)


def _remove(contacts: Sequence[Contact], events: list[Event]) -> Iterator[tuple[str, str]]:
    """Delete at once who can be deleted; where something needs one of them, one by one."""
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


def _restore(contact: Contact, before: dict[str, object]) -> None:
    """Put back what was there before; the earlier changes of the same import come after."""
    for name, value in before.items():
        setattr(contact, _POINTERS.get(name, name), value)
    contact.edited_at = datetime.fromisoformat(str(before["edited_at"]))
    steps.index_contact(contact)
    contact.save()


def _remove_company(number: int) -> None:
    """Remove a company that came with the import, unless somebody belongs to it by now."""
    company = Company.objects.filter(pk=number).first()
    if company is None or company.people.exists():
        return
    try:
        with transaction.atomic():
            company.delete()
    except ProtectedError:
        return
