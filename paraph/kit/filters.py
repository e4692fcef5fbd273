"""The ways to narrow a list: by choice, words, days, numbers, or what is true of a row.

Each understands its part of an address, whatever was typed there, and keeps the rows that fit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from paraph.kit.numbers import may_be_kept
from paraph.kit.search import LAST, TRIGRAM, normalise
from paraph.kit.typed import begin_of, day_of, number_of

Criteria = dict[str, list[str]]
"""What a list is narrowed to, as it stands in an address or in JSON: ``{"q": ["dupont"]}``."""
Words = str | Promise
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

MOST_VALUES = 200
MOST_LETTERS = 200


class Filter(Protocol):
    """One way to narrow a list."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Words: ...

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        """Return the part of what was asked that makes sense here."""

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        """Keep the rows that fit."""


@dataclass(frozen=True)
class OneOf:
    """Rows whose field has one of the chosen values."""

    name: str
    label: Words
    field: str
    # Any: who chooses is an employee, a word that the kit does not know.
    choices: Callable[[Any], Sequence[tuple[str, str]]]

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        values = list(dict.fromkeys(filter(None, given.get(self.name, ()))))
        return {self.name: values[:MOST_VALUES]} if values else {}

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if not (values := criteria.get(self.name)):
            return rows
        try:
            return rows.filter(**{f"{self.field}__in": [it for it in values if may_be_kept(it)]})
        except (ValueError, ValidationError):  # a touched address
            return rows.none()


@dataclass(frozen=True)
class Contains:
    """Rows in whose field the typed words occur; the field holds what ``normalise`` returned.

    ``search_text`` must hold the field's words as well: its index finds them.
    """

    name: str
    label: Words
    field: str
    within: tuple[str, ...] = ()
    """Filters whose own index holds the field as well: beside one of them the words are looked
    for in its rows, straight from that index."""

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        typed = "".join([*given.get(self.name, ())][:1]).strip()[:MOST_LETTERS]
        return {self.name: [typed]} if typed else {}

    def narrow(self, rows: Rows, criteria: Criteria, *, one_by_one: bool = False) -> Rows:
        typed = normalise("".join(criteria.get(self.name, ())[:1]))
        if not typed:
            return rows
        if len(typed) < TRIGRAM:
            return rows.filter(**{f"{self.field}__gte": typed, f"{self.field}__lt": typed + LAST})
        fitting = rows.filter(**{f"{self.field}__contains": typed})
        return fitting if one_by_one else fitting.filter(search_text__substr=typed)


@dataclass(frozen=True)
class Period:
    """Rows whose moment lies between two days of the reader's calendar, both included.

    Days begin in the current time zone: background work activates its owner's.
    """

    name: str
    label: Words
    field: str

    @property
    def since(self) -> str:
        return f"{self.name}_from"

    @property
    def until(self) -> str:
        return f"{self.name}_until"

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        first, last = (day_of(given.get(key, ())) for key in (self.since, self.until))
        if first and last and last < first:
            first, last = last, first
        days = {self.since: first, self.until: last}
        return {key: [day.isoformat()] for key, day in days.items() if day}

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if first := day_of(criteria.get(self.since, ())):
            rows = rows.filter(**{f"{self.field}__gte": begin_of(first)})
        if last := day_of(criteria.get(self.until, ())):
            rows = rows.filter(**{f"{self.field}__lt": begin_of(last + timedelta(days=1))})
        return rows


@dataclass(frozen=True)
class Amounts(Period):
    """Rows whose number lies between two, both included; either may be missing."""

    having: Q = field(default_factory=Q)
    """What a row must fulfil so that its number means anything."""

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        least, most = (number_of(given.get(key, ())) for key in (self.since, self.until))
        if least is not None and most is not None and most < least:
            least, most = most, least
        numbers = {self.since: least, self.until: most}
        return {key: [f"{it:f}"] for key, it in numbers.items() if it is not None}

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        for key, bound in ((self.since, "gte"), (self.until, "lte")):
            if (number := number_of(criteria.get(key, ()))) is not None:
                rows = rows.filter(self.having, **{f"{self.field}__{bound}": number})
        return rows


@dataclass(frozen=True)
class Flag:
    """Rows for which something is true."""

    name: str
    label: Words
    condition: Q

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        return {self.name: ["1"]} if any(given.get(self.name, ())) else {}

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        return rows.filter(self.condition) if criteria.get(self.name) else rows


def pairs(choices: Sequence[tuple[str, Words]]) -> list[tuple[str, str]]:
    """Return the choices of a field in the reader's language."""
    return [(value, str(label)) for value, label in choices]
