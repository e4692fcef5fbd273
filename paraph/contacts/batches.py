"""Long work on many contacts: another responsible, another type, out of the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.kinds import Stretch, by_stretches
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_rows, next_traces
from paraph.journal.in_bulk import record_many
from paraph.kit.listing import Selection
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee

from . import company_batches as company_batches
from . import rules
from . import scanning as scanning
from .actions.deleting import CannotDelete, take_out
from .events import ContactEdited
from .listing import contact_listing
from .models import Contact, Earlier
from .steps import INDEXED, index_contact

WRITTEN = ("type", "responsible", "edited_at", *INDEXED)
Change = Callable[[Contact], None]


def chosen_contacts(batch: Batch, right: Right = Right.VIEW) -> QuerySet[Contact]:
    """Return what the batch was given, as far as its owner's right reaches now."""
    rows = Contact.objects.visible_to(batch.owner, right)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        chosen = contact_listing().selected(rows, selection)
    return chosen.select_related("company", "responsible")


def _take_back(batch: Batch, at: datetime) -> Stretch:
    """Give the contacts back what they had, except where somebody changed it since."""
    kept = next_traces(batch, Earlier.objects.filter(batch=batch))
    rows = {row.contact_id: row for row in kept}
    held = Contact.objects.filter(pk__in=rows).select_for_update(of=("self",)).order_by("pk")
    contacts = list(held.select_related("company", "responsible"))
    refused = list(_not_taken_back(batch, contacts, rows))
    stays = {contact.pk for contact, _why in refused}
    back = [contact for contact in contacts if contact.pk not in stays]
    with_before = {contact.pk: rows[contact.pk] for contact in back}
    changed = _change(batch, back, lambda it: _restore(it, with_before[it.pk]), at=at)
    told = [(contact.name, why) for contact, why in refused]
    return Stretch(len(kept), changed, told, after(kept))


def _not_taken_back(
    batch: Batch, contacts: Sequence[Contact], rows: Mapping[int, Earlier]
) -> Iterator[tuple[Contact, str]]:
    """Yield the contacts that stay as they are, and why."""
    reached = _reached(batch, contacts, Right.EDIT) | _own_again(batch, rows)
    earlier = {int(row.before) for row in rows.values() if row.column == "responsible_id"}
    gone = Employee.objects.filter(pk__in=earlier, is_active=False)
    left = {str(person.pk): person.name for person in gone}
    for contact in contacts:
        row = rows[contact.pk]
        if contact.pk not in reached:
            yield contact, _("You may look at this contact, and not do this with it.")
        elif str(getattr(contact, row.column)) != row.after:
            yield contact, _("Somebody has changed this since.")
        elif row.column == "responsible_id" and row.before in left:
            yield contact, _("%s does not work here any more.") % left[row.before]


def _own_again(batch: Batch, rows: Mapping[int, Earlier]) -> set[int]:
    """Return what goes back to the owner, who may edit at least what is their own."""
    owner = batch.owner
    if not any(reach(owner, it, Right.EDIT) for it in (Section.CONTACTS, Section.CRM)):
        return set()
    given = {number: row for number, row in rows.items() if row.column == "responsible_id"}
    return {number for number, row in given.items() if row.before == str(owner.pk)}


@by_stretches(
    "contacts.change-responsible", title=gettext_lazy("Change the responsible"), undo=_take_back
)
def change_responsible(batch: Batch, at: datetime) -> Stretch:
    """Give the contacts to somebody else."""
    heir = Employee.objects.get(pk=batch.given["responsible"])

    def change(contact: Contact) -> None:
        contact.responsible = heir

    return _changed(batch, change, column="responsible_id", value=str(heir.pk), at=at)


@by_stretches(
    "contacts.change-type", title=gettext_lazy("Change the contact type"), undo=_take_back
)
def change_type(batch: Batch, at: datetime) -> Stretch:
    """Let the contacts be something else to us."""

    def change(contact: Contact) -> None:
        contact.type = batch.given["type"]

    return _changed(batch, change, column="type", value=batch.given["type"], at=at)


@by_stretches("contacts.delete", title=gettext_lazy("Delete contacts"))
def delete_contacts(batch: Batch, at: datetime) -> Stretch:
    """Take the contacts out of the directory, but those that documents name."""
    rows = next_rows(batch, chosen_contacts(batch))
    allowed, refused = _allowed(batch, rows, Right.DELETE)
    gone = 0
    for contact in allowed:
        try:
            take_out(contact, by=batch.owner.actor, at=at)
            gone += 1
        except CannotDelete as needed:
            refused.append((contact.name, " ".join(needed.reasons)))
    return Stretch(len(rows), gone, refused, after(rows))


def _changed(batch: Batch, change: Change, *, column: str, value: str, at: datetime) -> Stretch:
    """Change one column of the next rows, and keep what stood there before."""
    rows = next_rows(batch, chosen_contacts(batch))
    allowed, refused = _allowed(batch, rows, Right.EDIT)
    other = [contact for contact in allowed if str(getattr(contact, column)) != value]
    Earlier.objects.bulk_create(
        Earlier(
            batch=batch,
            contact=contact,
            column=column,
            before=str(getattr(contact, column)),
            after=value,
        )
        for contact in other
    )
    changed = _change(batch, other, change, at=at)
    return Stretch(len(rows), changed, refused, after(rows))


def _change(batch: Batch, contacts: Sequence[Contact], change: Change, *, at: datetime) -> int:
    """Change contacts, and say so on their timelines; saving each is quicker than all in one."""
    events = []
    for contact in contacts:
        before = _kept(contact)
        change(contact)
        contact.edited_at = at
        index_contact(contact)
        told = rules.changes(before, contact, fields=("type", "responsible"))
        events.append(ContactEdited(contact_id=contact.pk, changes=told))
        contact.save(update_fields=WRITTEN)
    record_many(events, by=batch.owner.actor, at=at)
    return len(contacts)


def _allowed(
    batch: Batch, rows: Sequence[Contact], right: Right
) -> tuple[list[Contact], list[tuple[str, str]]]:
    """Tell the rows that the owner's right reaches from those it does not."""
    keys = _reached(batch, rows, right)
    why = _("You may look at this contact, and not do this with it.")
    refused = [(row.name, why) for row in rows if row.pk not in keys]
    return [row for row in rows if row.pk in keys], refused


def _reached(batch: Batch, rows: Sequence[Contact], right: Right) -> set[int]:
    reached = Contact.objects.visible_to(batch.owner, right)
    return set(reached.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def _restore(contact: Contact, row: Earlier) -> None:
    if row.column == "type":
        contact.type = row.before
    else:
        contact.responsible = Employee.objects.get(pk=int(row.before))


def _kept(contact: Contact) -> Contact:
    """Return what a change is compared with."""
    return Contact(type=contact.type, responsible=contact.responsible)
