"""What the list sorts and finds by is kept true when something behind a contact changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from paraph.contacts.models import Contact
from paraph.contacts.steps import index_contact
from paraph.kit import db

STRETCH = 300
KEYS = ("search_text", "sort_key", "company_key", "responsible_key", "position_key")


@db.transaction
def note_documents(contacts: Sequence[int], *, at: datetime) -> None:
    """Remember when the contacts were last sent a document."""
    Contact.objects.filter(pk__in=contacts, last_document_at__lt=at).update(last_document_at=at)


@db.transaction
def index_contacts(whose: Q, *, after: int) -> int | None:
    """Fill the search columns of the next contacts anew; return where to go on, if anywhere."""
    rows = Contact.objects.filter(whose, pk__gt=after).select_related("company", "responsible")
    contacts = list(rows.select_for_update(of=("self",)).order_by("pk")[:STRETCH])
    for contact in contacts:
        index_contact(contact)
    Contact.objects.bulk_update(contacts, KEYS, batch_size=100)
    return contacts[-1].pk if len(contacts) == STRETCH else None
