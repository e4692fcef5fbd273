"""What the pages of the directory show, in as few queries as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.core import get_global
from django.utils.translation import get_language

from paraph.kit.paging import Keyset, Page
from paraph.people.models import Employee

from . import rules
from .duplicates import Reason, Traits, likeness, traits_of, weight
from .models import Company, Contact, Merge, Merged

BY_NAME = Keyset(("sort_key", "id"))
PAGE_SIZE = 50
SUGGESTIONS = 8
MOST_PROPOSED = 50
MOST_LIKELY = 5


def suggestions(person: Employee, *, search: str) -> Sequence[Contact]:
    """Return the few contacts that complete what somebody types."""
    rows = Contact.objects.visible_to(person).select_related("company")
    return list(rows.matching(search).order_by("sort_key", "id")[:SUGGESTIONS])


def home_country() -> str:
    """Return the country of our company; a phone number without country code is likely of it."""
    ours = Company.objects.ours().order_by("id").values_list("country", flat=True)
    return ours.first() or "FR"


def typed_phone(typed: str) -> str:
    """Return what somebody types now as E.164: of our country, or as at home in their language."""
    likely = get_global("likely_subtags").get(get_language() or "en", "")
    return rules.e164(typed, country=home_country(), also=likely.split("_")[2:])


@dataclass(frozen=True)
class Likely:
    """A contact that is likely the one somebody is about to write, and why."""

    contact: Contact
    reasons: list[Reason]


def likely_the_same(person: Employee, like: Traits, *, but: int | None = None) -> list[Likely]:
    """Return visible contacts that are likely the same person, the likeliest first.

    The search index proposes them, also by what merged contacts were known by; the rules choose.
    """
    rows = Contact.objects.visible_to(person).select_related("company").exclude(pk=but or 0)
    proposed = {
        row.pk: row for words in _proposals(like) for row in rows.matching(words)[:MOST_PROPOSED]
    }
    found = [Likely(row, likeness(like, traits_of(row))) for row in proposed.values()]
    likely = [each for each in found if each.reasons]
    likely.sort(key=lambda each: (-weight(each.reasons), each.contact.sort_key))
    return likely[:MOST_LIKELY]


def _proposals(like: Traits) -> Iterator[str]:
    """Yield what to search for: phones, mailboxes, all words of the name, and parts of it."""
    yield from like.phones
    for email in like.emails:
        name, _at, host = email.rpartition("@")
        yield f"{name} {host}"
    if like.first and like.last:
        yield " ".join(like.words)
        yield f"{' '.join(like.last)} {like.first[0][0]}"
        yield f"{like.last[0][:3]} {' '.join(like.first)}"


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
