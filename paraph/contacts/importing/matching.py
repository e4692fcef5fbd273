"""Finds whom a row already is: in the directory, or further up in the same file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paraph.contacts.models import Contact
from paraph.kit.search import normalise
from paraph.people.models import Employee

Card = Mapping[str, Any]  # JSON


@dataclass(frozen=True)
class Keys:
    """By what a person is known again."""

    email: str
    phone: str
    name: str
    """Last name and first name as search sees them, as contacts are sorted by."""
    written_email: str = field(default="", compare=False)

    @classmethod
    def of(cls, card: Card) -> Keys:
        name = normalise(f"{card.get('last_name', '')} {card.get('first_name', '')}")
        email = str(card.get("email", ""))
        return cls(email.lower(), str(card.get("phone", "")), name[:250], email)

    @property
    def swapped(self) -> str:
        """The name with its two halves the other way round, as far as words tell."""
        return " ".join(sorted(self.name.split()))

    @property
    def has_reach(self) -> bool:
        return bool(self.email or self.phone)


class Crowd:
    """People that rows are compared with; of several that fit, the first."""

    def __init__(self) -> None:
        self._by_email: dict[str, list[tuple[Keys, Any]]] = defaultdict(list)
        self._by_phone: dict[str, list[tuple[Keys, Any]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[Keys, Any]]] = defaultdict(list)

    def add(self, keys: Keys, who: Any) -> None:
        """Let somebody be known again."""
        if keys.email:
            self._by_email[keys.email].append((keys, who))
        if keys.phone:
            self._by_phone[keys.phone].append((keys, who))
        self._by_name[keys.swapped].append((keys, who))

    def find(self, keys: Keys) -> Any | None:
        """Return who has this e-mail or phone and this name, or both e-mail and phone.

        A family shares a phone and an office an e-mail address: neither is enough alone.
        Where one side has neither, the name decides.
        """
        swapped = keys.swapped
        near = [*self._by_email.get(keys.email, ()), *self._by_phone.get(keys.phone, ())]
        for other, who in near:
            is_same_reach = (other.email, other.phone) == (keys.email, keys.phone) and all(
                (keys.email, keys.phone)
            )
            if other.swapped == swapped or is_same_reach:
                return who
        for other, who in self._by_name.get(swapped, ()):
            if not (keys.has_reach and other.has_reach):
                return who
        return None


def directory(person: Employee, keys: Sequence[Keys]) -> Crowd:
    """Return the numbers of contacts that these rows could be, as far as the person may see."""
    crowd = Crowd()
    for number, email, phone, name in sorted(set(_near(person, keys, *_KNOWN_BY))):
        crowd.add(Keys(email.lower(), phone, name), number)
    return crowd


def held_directory(person: Employee, keys: Sequence[Keys]) -> Crowd:
    """Return such contacts themselves, for who goes on to change them: held in the order in
    which everybody holds them.
    """
    numbers = sorted({number for (number,) in _near(person, keys, "pk")})
    rows = Contact.objects.select_for_update(of=("self",)).order_by("pk")
    found = rows.select_related("company", "responsible").in_bulk(numbers)
    crowd = Crowd()
    for number in sorted(found):
        crowd.add(keys_of(found[number]), found[number])
    return crowd


_KNOWN_BY = ("pk", "email", "phone", "sort_key")


def _near(person: Employee, keys: Sequence[Keys], *columns: str) -> Iterator[Any]:
    """Yield these columns of contacts that share an e-mail address, a phone or a name."""
    seen = Contact.objects.visible_to(person)
    emails = {each for it in keys if it.email for each in (it.email, it.written_email) if each}
    for name, values in (
        ("email__in", emails),
        ("phone__in", {it.phone for it in keys if it.phone}),
        ("sort_key__in", {it.name for it in keys if it.name}),
    ):
        if values:
            yield from seen.filter(**{name: values}).values_list(*columns)


def keys_of(contact: Contact) -> Keys:
    """Return by what a contact is known again."""
    return Keys(contact.email.lower(), contact.phone, contact.sort_key)
