"""Contacts that are one person become one, and can be taken apart again for a while."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import joining, merging, snapshots, steps
from paraph.contacts.choices import also_known
from paraph.contacts.events import ContactsMerged, MergeUndone
from paraph.contacts.models import Contact, Merge
from paraph.journal import Actor
from paraph.kit import db


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
        joining.absorb(other, merge)
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
    joining.hold_to_part(merge, at=at)
    survivor, number = merge.survivor, merge.pk
    restored = joining.part(merge, survivor, inner=merging.INNER, index=steps.index_contact)
    undone = MergeUndone(
        contact_id=survivor.pk, full_name=survivor.name, merge_id=number, restored=restored
    )
    journal.record(undone, by=by, at=at)


@db.transaction_required
def _held(contacts: Sequence[Contact]) -> list[Contact]:
    return joining.hold_all(
        Contact.objects.select_related("company", "responsible"),
        contacts,
        if_few=_("Choose at least two contacts to merge."),
        if_gone=_("One of these contacts is no longer in the directory."),
    )


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
    survivor.also = also_known(survivor, contacts, chosen, merge=merge.pk)
    survivor.last_document_at = max(contact.last_document_at for contact in contacts)
    survivor.edited_at = at
    steps.write_contact(survivor, merging.card(survivor, contacts, chosen))
