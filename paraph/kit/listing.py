"""What a list can show: its columns, its filters, its order, and which of its rows are chosen.

A list is declared once; pages, presets, segments, exports and group actions all read the same
declaration. It knows no person: which rows somebody may see is settled before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Generic, Self, cast

from django.http import QueryDict

from paraph.kit.filters import (
    MOST_LETTERS,
    MOST_VALUES,
    Contains,
    Criteria,
    Filter,
    OneOf,
    Rows,
    Words,
)
from paraph.kit.paging import Keyset, Row
from paraph.kit.search import SearchQuerySet

Value = str | int | Decimal | date | datetime | bool | None


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
