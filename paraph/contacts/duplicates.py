"""Which contacts are likely the same person: by what they are compared, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from paraph.kit.search import normalise

from .models import Contact

ENOUGH = 50
PHONE_DIGITS = 9
"""So many digits at the end tell numbers apart, with or without the code of their country."""

_NO_LETTER = str.maketrans("-'’.,", "     ")
Name = tuple[str, ...]


class Reason(TextChoices):
    """What speaks for two contacts being one."""

    PHONE = "phone", _("Same phone")
    EMAIL = "email", _("Same e-mail")
    NAME = "name", _("Same name")
    SWAPPED = "swapped", _("First and last name swapped")
    INITIAL = "initial", _("Initial fits")
    SPELLING = "spelling", _("One letter differs in the name")
    COMPANY = "company", _("Same company")


WEIGHTS = {
    Reason.PHONE: 60,
    Reason.EMAIL: 60,
    Reason.NAME: 50,
    Reason.SWAPPED: 50,
    Reason.SPELLING: 40,
    Reason.INITIAL: 30,
    Reason.COMPANY: 20,
}
OF_NAMES = (Reason.NAME, Reason.SWAPPED, Reason.SPELLING, Reason.INITIAL)


@dataclass(frozen=True)
class Traits:
    """What of a contact is compared with others."""

    first: Name
    last: Name
    phones: frozenset[str]
    emails: frozenset[str]
    company: int | None = None

    @property
    def words(self) -> Name:
        return tuple(sorted((*self.first, *self.last)))


def traits(
    first: str, last: str, *, phones: Iterable[str], emails: Iterable[str], company: int | None
) -> Traits:
    """Return what is compared, in one form however it was written."""
    return Traits(
        _words(first),
        _words(last),
        frozenset(phone[-PHONE_DIGITS:] for phone in phones if phone),
        frozenset(_mailbox(email) for email in emails if email),
        company,
    )


def traits_of(contact: Contact) -> Traits:
    """Return what of a contact is compared, with what it is also known by."""
    return traits(
        contact.first_name,
        contact.last_name,
        phones=(contact.phone, *_also(contact.also, "phone")),
        emails=(contact.email, *_also(contact.also, "email")),
        company=contact.company_id,
    )


def likeness(one: Traits, other: Traits) -> list[Reason]:
    """Return everything that speaks for one person; nothing when it is not enough."""
    reasons = list(filter(None, (_same_name(one, other), *_same_ways(one, other))))
    if reasons and one.company and one.company == other.company:
        reasons.append(Reason.COMPANY)
    return reasons if weight(reasons) >= ENOUGH else []


def weight(reasons: Iterable[Reason]) -> int:
    """Return how much the reasons weigh together."""
    return sum(WEIGHTS[reason] for reason in reasons)


def keys(of: Traits) -> Iterator[int]:
    """Yield the keys under which a scan looks for others like this one.

    Two contacts that are enough alike share at least one of them, but for misspelt last names
    that differ in the first letters.
    """
    for phone in of.phones:
        yield key_of("phone", phone)
    for email in of.emails:
        yield key_of("email", email)
    if of.words:
        yield key_of("name", *of.words)
    if of.first and of.last:
        yield key_of("initial", of.first[0][0], *of.last)
        yield key_of("spelling", of.last[0][:3], *of.first)


def _same_ways(one: Traits, other: Traits) -> Iterator[Reason]:
    if one.phones & other.phones:
        yield Reason.PHONE
    if one.emails & other.emails:
        yield Reason.EMAIL


def _same_name(one: Traits, other: Traits) -> Reason | None:
    if one.words == other.words:
        return Reason.NAME if one.last == other.last else Reason.SWAPPED
    if one.last == other.last and _is_initial(one.first, other.first):
        return Reason.INITIAL
    if _is_near(" ".join(one.words), " ".join(other.words)):
        return Reason.SPELLING
    return None


def _is_initial(one: Name, other: Name) -> bool:
    """Tell whether one first name is the first letter of the other."""
    if not one or not other:
        return False
    short, long = sorted((one[0], other[0]), key=len)
    return len(short) == 1 and long.startswith(short)


def _is_near(one: str, other: str) -> bool:
    """Tell whether one letter was changed, added, left out, or exchanged with the next."""
    short, long = sorted((one, other), key=len)
    if len(short) < 6 or len(long) - len(short) > 1:
        return False
    pairs = zip(short, long, strict=False)
    at = next((place for place, (a, b) in enumerate(pairs) if a != b), len(short))
    if len(long) > len(short):
        return long[at + 1 :] == short[at:]
    is_swapped = short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (is_swapped and short[at + 2 :] == long[at + 2 :])


def _words(name: str) -> Name:
    return tuple(normalise(name).translate(_NO_LETTER).split())


def _mailbox(email: str) -> str:
    """Return the mailbox an address leads to: no case, and no ``+tag`` before the ``@``."""
    name, _at, host = email.casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def _also(known: list[dict[str, Any]], field: str) -> list[str]:
    return [entry["value"] for entry in known if entry["field"] == field]


def key_of(*parts: str) -> int:
    """Return a number for what rows are looked up by."""
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
