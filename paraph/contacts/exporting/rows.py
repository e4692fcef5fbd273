"""Which contacts an export has: as chosen, in the list's order, as far as its owner may export."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact, Contacts
from paraph.kit.listing import Selection
from paraph.people.access import Right
from paraph.people.models import Employee

ROWS_AT_ONCE = 500
WRITTEN = (
    *("last_name", "first_name", "phone", "email", "position", "company__name", "comment", "type"),
    *("responsible__first_name", "responsible__last_name", "responsible__email", "language"),
    *("custom", "is_shared", "created_at", "last_document_at"),
)
"""What a file can show of a contact; the rest of the row is not fetched."""


def chosen(owner: Employee, given: Mapping[str, Any]) -> Contacts:
    """Return the chosen contacts; without a choice, everything that the owner may export."""
    rows: Contacts = Contact.objects.visible_to(owner, Right.EXPORT)
    if kept := given.get("selection"):
        rows = contact_listing().selected(rows, Selection.from_json(kept))
    return rows


def in_order(
    owner: Employee, given: Mapping[str, Any], *, tick: Callable[[int], None] | None = None
) -> Iterator[Contact]:
    """Yield the chosen contacts, few at a time in memory, each with its company and responsible.

    Their numbers are fetched at once (8 bytes each): what is added or moved meanwhile changes
    neither the order nor what is in the file. What is deleted meanwhile is left out.
    """
    order = contact_listing().keyset(given.get("sort", ""))
    sign = "-" if order.descending else ""
    keys = chosen(owner, given).order_by(*(sign + name for name in order.fields))
    numbers = array("q", keys.values_list("pk", flat=True).iterator(chunk_size=ROWS_AT_ONCE))
    remaining, done = iter(numbers), 0
    while stretch := list(islice(remaining, ROWS_AT_ONCE)):
        found = Contact.objects.visible_to(owner, Right.EXPORT).filter(pk__in=stretch)
        written = found.select_related("company", "responsible").only(*WRITTEN)
        there = {row.pk: row for row in written}
        yield from (there[number] for number in stretch if number in there)
        done += len(stretch)
        if tick:
            tick(done)
