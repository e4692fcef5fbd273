"""Contacts that are one person become one, and can be taken apart again for a while."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import merging, relations, snapshots, steps
from paraph.contacts.events import ContactsMerged, MergeUndone
from paraph.contacts.models import Contact, Joining, Merge, Merged
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused

GOOD_FOR = timedelta(days=30)


class CannotMerge(Refused):
    """There are not two contacts to make one of."""

    code = "cannot-merge"


class CannotUndoMerge(Refused):
    """The contacts cannot be taken apart any more, or not yet."""

    code = "cannot-undo-merge"


@db.transaction
def merge_contacts(
    survivor: Contact,
    others: Sequence[Contact],
    *,
    wanted: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Merge:
    """Make one contact of several; ``wanted`` names for each field whose value stays.

    The other values stay as what the contact is also known by, all that referred to the others
    refers to the survivor, and their numbers lead there.
    """
    contacts = _held([survivor, *others])
    survivor, others = contacts[0], contacts[1:]
    merge = Merge.objects.create(survivor=survivor, first_survivor=survivor.pk, merged_at=at)
    merge.before = snapshots.flat(survivor, inner=merging.INNER)
    _write(survivor, contacts, wanted, merge=merge, at=at)
    for other in others:
        _absorb(other, merge)
    merge.after = snapshots.flat(survivor, inner=merging.INNER)
    merge.save()
    merged = ContactsMerged(
        contact_id=survivor.pk,
        full_name=survivor.name,
        merge_id=merge.pk,
        merged={str(gone.number): gone.name for gone in merge.gone.all()},
    )
    journal.record(merged, by=by, at=at)
    return merge


@db.transaction
def undo_merge(merge: Merge, *, by: Actor, at: datetime) -> None:
    """Take merged contacts apart: each has its values and relations again.

    What was changed or added since then stays with the survivor.
    """
    merge.lock()
    require_undoable(merge, survivor=merge.survivor_id, at=at)
    survivor, gone = merge.survivor, list(merge.gone.all())
    survivor.lock()
    for each in gone:
        contact = cast("Contact", snapshots.unpacked(Contact, each.columns))
        if not contact.responsible.is_active:
            contact.responsible = survivor.responsible
            steps.index_contact(contact)
        Contact.objects.bulk_create([contact])
    relations.return_relations(merge.moved, merge.dropped, survivor=survivor)
    snapshots.take_back(survivor, before=merge.before, after=merge.after, inner=merging.INNER)
    survivor.also = [known for known in survivor.also if known.get("merge") != merge.pk]
    steps.index_contact(survivor)
    survivor.save()
    undone = MergeUndone(
        contact_id=survivor.pk,
        full_name=survivor.name,
        merge_id=merge.pk,
        restored={str(each.number): each.name for each in gone},
    )
    merge.delete()
    journal.record(undone, by=by, at=at)


@db.transaction_required
def _held(contacts: Sequence[Contact]) -> list[Contact]:
    """Hold all of them, each once, in the order in which everybody does."""
    numbers = list(dict.fromkeys(contact.pk for contact in contacts))
    if len(numbers) < 2:
        raise CannotMerge(_("Choose at least two contacts to merge."))
    list(Contact.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    rows = Contact.objects.select_related("company", "responsible").in_bulk(numbers)
    if len(rows) < len(numbers):
        raise CannotMerge(_("One of these contacts is no longer in the directory."))
    return [rows[number] for number in numbers]


@db.transaction_required
def _write(
    survivor: Contact,
    contacts: Sequence[Contact],
    wanted: Mapping[str, int],
    *,
    merge: Merge,
    at: datetime,
) -> None:
    chosen = merging.choices(contacts, survivor=survivor, wanted=wanted)
    survivor.also = merging.also_known(survivor, contacts, chosen, merge=merge.pk)
    survivor.last_document_at = max(contact.last_document_at for contact in contacts)
    survivor.edited_at = at
    steps.write_contact(survivor, merging.card(survivor, contacts, chosen))


@db.transaction_required
def _absorb(contact: Contact, merge: Merge) -> None:
    """Move everything from a contact to the survivor, and remember it as it was."""
    moved, dropped = relations.move_relations(contact, to=merge.survivor)
    merge.moved += moved
    merge.dropped += dropped
    columns = snapshots.packed(contact)
    Merged.objects.create(merge=merge, number=contact.pk, name=contact.name, columns=columns)
    contact.delete()


def require_undoable(merge: Joining, *, survivor: int, at: datetime) -> None:
    """Refuse where it is too late, or another merge came on top."""
    if at > merge.merged_at + GOOD_FOR:
        raise CannotUndoMerge(_("After 30 days what was merged stays one."))
    if survivor != merge.first_survivor:
        raise CannotUndoMerge(_("This was merged again later. Undo that first."))
