"""What a list can show: its columns, its filters, its order, and which of its rows are chosen.

A list is declared once; pages, presets, segments, exports and group actions all read the same
declaration. It knows no person: which rows somebody may see is settled before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise

from paraph.kit.numbers import may_be_kept
from paraph.kit.paging import Keyset, Row
from paraph.kit.search import LAST, TRIGRAM, SearchQuerySet, normalise
from paraph.kit.typed import begin_of, day_of, number_of

Value = str | int | Decimal | date | datetime | bool | None
Criteria = dict[str, list[str]]
"""What a list is narrowed to, as it stands in an address or in JSON: ``{"q": ["dupont"]}``."""
Words = str | Promise
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

MOST_VALUES = 200
MOST_LETTERS = 200


@dataclass(frozen=True)
class Column(Generic[Row]):
    """Something a list shows of each row, and an export writes."""

    name: str
    label: Words
    value: Callable[[Row], Value]
    sort: str = ""
    """Fields that are never null and indexed, apart by spaces; without any it does not sort."""
    is_default: bool = True
    needs: tuple[str, ...] = ()
    """What ``select_related`` must fetch along."""


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


@dataclass(frozen=True)
class Selection:
    """Rows somebody chose: some by their keys, or all that fit the criteria but a few."""

    ids: tuple[int, ...] = ()
    criteria: Criteria | None = None
    but: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        if self.criteria is None:
            return {"ids": list(self.ids)}
        return {"criteria": self.criteria, "but": list(self.but)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        ids, but = (tuple(map(int, kept.get(key, ()))) for key in ("ids", "but"))
        return cls(ids=ids, criteria=kept.get("criteria"), but=but)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One list: what it can show, be narrowed to and sorted by."""

    name: str
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter] = ()
    default_sort: str = "name"
    """The name of a column; with a minus before it from the end."""
    beside: tuple[str, ...] = ()
    """What is read of the rows beside (``company__name``); all of them where nothing is named."""

    SEARCH: ClassVar[str] = "q"

    def criteria(self, query: QueryDict | Mapping[str, Any]) -> Criteria:
        """Return what a query asks for, without what this list does not understand."""
        given = _lists(query)
        typed = "".join([*given.get(self.SEARCH, ())][:1]).strip()[:MOST_LETTERS]
        kept: Criteria = {self.SEARCH: [typed]} if typed else {}
        for each in self.filters:
            kept |= each.understood(given)
        return kept

    def narrow(self, rows: Rows, criteria: Criteria, *, one_by_one: bool = False) -> Rows:
        """Keep the rows that fit; ``one_by_one`` looks into each row instead of the index."""
        for each in self.filters:
            if isinstance(each, Contains):
                rows = each.narrow(rows, criteria, one_by_one=one_by_one)
            else:
                rows = each.narrow(rows, criteria)
        typed = "".join(criteria.get(self.SEARCH, ())[:1])
        if not typed.strip():
            return rows
        searched = cast("SearchQuerySet[Any]", rows).matching(typed, one_by_one=one_by_one)
        return cast(Rows, searched)

    def overfull(self, query: QueryDict | Mapping[str, Any]) -> list[Words]:
        """Return the filters for which more was chosen than a list narrows by at once."""
        given = _lists(query)
        asked = (each for each in self.filters if isinstance(each, OneOf))
        return [it.label for it in asked if len(set(given.get(it.name, ()))) > MOST_VALUES]

    def words(self, criteria: Criteria) -> Criteria:
        """Return the criteria that are words, which the search index finds."""
        names = {self.SEARCH, *(it.name for it in self.filters if isinstance(it, Contains))}
        return {key: values for key, values in criteria.items() if key in names}

    def is_within(self, criteria: Criteria) -> bool:
        """Tell whether the indexes of other filters hold every word that is looked for."""
        words = self.words(criteria)
        asked = [it for it in self.filters if isinstance(it, Contains) and it.name in words]
        held = [it for it in asked if not criteria.keys().isdisjoint(it.within)]
        return len(held) == len(words) > 0

    def selected(self, rows: Rows, selection: Selection) -> Rows:
        """Keep the rows that were chosen."""
        if selection.criteria is None:
            return rows.filter(pk__in=selection.ids)
        chosen = self.narrow(rows, self.criteria(selection.criteria))
        return chosen.exclude(pk__in=selection.but) if selection.but else chosen

    def column(self, name: str) -> Column[Row] | None:
        """Return the column of that name."""
        return next((each for each in self.columns if each.name == name), None)

    def columns_chosen(self, names: Sequence[str]) -> list[Column[Row]]:
        """Return the named columns in that order; the usual ones where none is known."""
        chosen = [column for name in dict.fromkeys(names) if (column := self.column(name))]
        return chosen or [each for each in self.columns if each.is_default]

    def sort(self, asked: str) -> str:
        """Return the order that was asked for, or the usual one where it makes no sense."""
        column = self.column(asked.removeprefix("-"))
        return asked if column and column.sort else self.default_sort

    def keyset(self, asked: str) -> Keyset:
        """Return the order as keys that can be entered anywhere."""
        sort = self.sort(asked)
        column = self.column(sort.removeprefix("-"))
        fields = tuple(column.sort.split()) if column else ()
        return Keyset((*fields, "id"), descending=sort.startswith("-"))


def _lists(query: QueryDict | Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """Return every value as a list of words, whether it came from an address or from JSON."""
    if isinstance(query, QueryDict):
        return {key: [str(value) for value in values] for key, values in query.lists()}
    return {
        key: [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        for key, value in query.items()
    }


def pairs(choices: Sequence[tuple[str, Words]]) -> list[tuple[str, str]]:
    """Return the choices of a field in the reader's language."""
    return [(value, str(label)) for value, label in choices]
