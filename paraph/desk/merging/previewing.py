"""The preview of a merge: which rows were chosen, what differs, and which one stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from paraph.contacts.choices import Choice
from paraph.contacts.models import Company, Contact
from paraph.kit.numbers import key_of_row
from paraph.people.http import Request

One = TypeVar("One", Contact, Company)


@dataclass(frozen=True)
class Option:
    """One value that can stay, and whose it is."""

    number: int
    text: str
    owners: list[str]


@dataclass(frozen=True)
class Row:
    """A field that the rows fill differently."""

    field: str
    label: str
    chosen: int
    options: list[Option]


def numbers_asked(request: Request) -> list[int]:
    """Return the chosen rows: ``ids=1,2`` or ``ids=1&ids=2``."""
    asked = ",".join(request.POST.getlist("ids") or request.GET.getlist("ids"))
    return [key for part in asked.split(",") if (key := key_of_row(part))]


def wanted(request: Request) -> dict[str, int]:
    """Return whose value was chosen for each field."""
    chosen = {name: key_of_row(str(value)) for name, value in request.POST.items()}
    return {name: key for name, key in chosen.items() if key}


def row_of(
    choice: Choice, rows: Sequence[One], *, label: str, readable: Callable[[str, str], str]
) -> Row:
    """Return a field with the values that can stay."""
    options: dict[str, Option] = {}
    for row in rows:
        if text := choice.values[row.pk]:
            shown = readable(choice.field, text)
            options.setdefault(text, Option(row.pk, shown, [])).owners.append(row.name)
    chosen = options[choice.values[choice.chosen]].number
    return Row(choice.field, label, chosen, list(options.values()))


def stays_of(rows: Sequence[One], *, may_go: QuerySet[One]) -> One | None:
    """Return which one stays: the one that may not vanish, else the oldest.

    None, where several may not be deleted by this person.
    """
    free = set(may_go.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    stay = [row for row in rows if row.pk not in free]
    return None if len(stay) > 1 else stay[0] if stay else rows[0]
