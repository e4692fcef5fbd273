"""What the pages of the directory show, in as few queries as possible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from paraph.kit.search import Keyset, Page
from paraph.people.models import Employee

from .models import Company, Contact, Merge, Merged

BY_NAME = Keyset(("sort_key", "id"))
PAGE_SIZE = 50
SUGGESTIONS = 8


def contact_page(person: Employee, *, search: str, type: str, cursor: str | None) -> Page[Contact]:
    """Return one stretch of the directory as this person may see it."""
    rows = Contact.objects.visible_to(person).select_related("company", "responsible")
    if type:
        rows = rows.filter(type=type)
    if search.strip():
        rows = rows.matching(search)
    return BY_NAME.page(rows, cursor=cursor, size=PAGE_SIZE)


def suggestions(person: Employee, *, search: str) -> Sequence[Contact]:
    """Return the few contacts that complete what somebody types."""
    rows = Contact.objects.visible_to(person).select_related("company")
    return list(rows.matching(search).order_by("sort_key", "id")[:SUGGESTIONS])


def likely_the_same(
    person: Employee, *, name: tuple[str, str], phone: str, email: str, but: int | None = None
) -> Sequence[Contact]:
    """Return visible contacts with this phone, this e-mail, or these first and last names."""
    first, last = name
    same = Q(first_name__iexact=first, last_name__iexact=last)
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    rows = Contact.objects.visible_to(person).select_related("company").filter(same)
    return list((rows.exclude(pk=but) if but else rows)[:5])


def company_page(person: Employee, *, search: str, cursor: str | None) -> Page[Company]:
    """Return one stretch of the client companies as this person may see them."""
    rows = Company.objects.visible_to(person).clients().select_related("responsible")
    if search.strip():
        rows = rows.matching(search)
    return BY_NAME.page(rows, cursor=cursor, size=PAGE_SIZE)


def numbers_of(contact: Contact) -> list[int]:
    """Return the contact's own number and those of the contacts that went into it."""
    gone = Merged.objects.filter(merge__survivor=contact).values_list("number", flat=True)
    return [contact.pk, *gone]


def survivor_of(number: int) -> int | None:
    """Return the number of the contact that a merged one is now."""
    gone = Merged.objects.filter(number=number)
    return gone.values_list("merge__survivor", flat=True).first()


def merges_of(contact: Contact, *, since: datetime) -> Sequence[Merge]:
    """Return the merges that can still be undone."""
    rows = contact.merges.filter(merged_at__gte=since, first_survivor=contact.pk)
    return list(rows.prefetch_related("gone"))
