"""What the list's page shows, as values: the template asks and does not compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from paraph.desk.addresses import page_at
from paraph.kit.filters import Criteria
from paraph.kit.finding import Found, Search
from paraph.kit.paging import Row
from paraph.people.access import Right
from paraph.people.http import Request

from .asking import EVERYTHING, Question, presets_of, query_of
from .filtering import Chip, chips_of
from .lines import NO_NOTE, Choice, LineWriter
from .rooms import Cell as Allowed
from .rooms import Entry, GroupAction, Room, Tool, may


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    name: str
    label: str
    sort: str
    """What pressing it sorts by; nothing where it cannot."""
    direction: str
    """``ascending`` or ``descending`` where the list is sorted by it."""


@dataclass(frozen=True)
class View:
    """A preset as a pill above the list."""

    name: str
    href: str
    is_current: bool


class ListPage(Generic[Row]):
    """One stretch of a list for one person; everything is asked of the database once."""

    def __init__(self, request: Request, question: Question[Row]) -> None:
        self.request, self.question = request, question
        self.room: Room[Row] = question.room
        self.found: Found[Row] = Search(
            question.listing,
            self.room.rows(request.user, Right.VIEW),
            question.criteria,
            sort=question.sort,
            cursor=question.cursor,
            size=self.room.size,
        ).find()
        self.lines = mark_safe("".join(self._lines()))  # noqa: S308  each is escaped

    @cached_property
    def heads(self) -> list[Head]:
        return list(self._heads())

    def _heads(self) -> Iterator[Head]:
        sorted_by, is_down = _parts(self.question.sort)
        for column in self.question.columns:
            is_here = column.name == sorted_by
            turned = f"-{column.name}" if is_here and not is_down else column.name
            direction = ("descending" if is_down else "ascending") if is_here else ""
            sort = turned if column.sort else ""
            yield Head(column.name, str(column.label), sort, direction)

    @cached_property
    def chips(self) -> Sequence[Chip]:
        return chips_of(self.question, self.request.user)

    @cached_property
    def is_new_view(self) -> bool:
        """Tell whether the list is narrowed to something that no preset keeps."""
        return self.is_narrowed and not any(view.is_current for view in self.views)

    @cached_property
    def views(self) -> list[View]:
        kept = presets_of(self.request, self.question.listing)
        return [
            View(preset.name, self._open(preset.criteria), preset.criteria == self.criteria)
            for preset in kept
        ]

    @property
    def is_narrowed(self) -> bool:
        return self.question.is_narrowed

    @property
    def criteria(self) -> Criteria:
        return self.question.criteria

    @property
    def search(self) -> str:
        return "".join(self.criteria.get("q", ()))

    @property
    def hidden(self) -> Iterator[tuple[str, str]]:
        """Yield every criterion but the search, for the forms that carry them along."""
        for key, values in self.criteria.items():
            yield from ((key, value) for value in values if key != "q")

    @cached_property
    def filters_count(self) -> int:
        return len({chip.name for chip in self.chips})

    @cached_property
    def next(self) -> str:
        cursor = self.found.page.next
        return self.question.address(cursor=cursor) if cursor else ""

    @cached_property
    def previous(self) -> str:
        cursor = self.found.page.previous
        return self.question.address(cursor=cursor) if cursor else ""

    @cached_property
    def everything(self) -> str:
        return self._open({})

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Return the list's further addresses, which keep what it is narrowed to."""
        names = ("count", "filters", "columns", "order", "presets")
        return {name: self.question.address(name) for name in names}

    @cached_property
    def plain(self) -> dict[str, str]:
        """Return the same without criteria: the page's script adds those of the moment."""
        return {name: address.partition("?")[0] for name, address in self.addresses.items()}

    @cached_property
    def actions(self) -> list[tuple[GroupAction, str]]:
        """Return what the person may do with many rows, each with its address."""
        return [
            (action, self._acting_at(action))
            for action in self.room.actions
            if may(self.request.user, action.allow)
        ]

    @cached_property
    def tools(self) -> list[tuple[Tool, str]]:
        """Return the further lines of the gear that the person may follow."""
        return [
            (tool, f"{page_at(tool.address)}?{self.question.query}".rstrip("?"))
            for tool in self.room.tools
            if may(self.request.user, tool.allow)
        ]

    def _acting_at(self, action: GroupAction) -> str:
        return page_at(f"{self.room.address}-act", action.name)

    def _open(self, criteria: Criteria) -> str:
        home = page_at(self.room.address)
        return f"{home}?{query_of(criteria or {key: [it] for key, it in EVERYTHING.items()})}"

    def _lines(self) -> Iterator[SafeString]:
        rows = self.found.page.rows
        within = {cell: self._reached(cell[0], rows) for cell in self._rights()}
        choices = [(entry, self._choice(entry)) for entry in self.room.menu]
        reached = [within.get(entry.allow, ()) for entry in self.room.menu]
        writer = LineWriter(self.question, choices, can_choose=bool(self.actions))
        notes = self.room.notes(rows, self.search) if self.room.notes and self.search else {}
        for row in rows:
            offered = tuple([row.pk in keys for keys in reached])
            yield writer.line(row, offered, note=notes.get(row.pk, NO_NOTE))

    def _rights(self) -> set[Allowed]:
        """Return the rights of which the person has a bit, among those the menu asks for."""
        asked = {entry.allow for entry in self.room.menu}
        return {cell for cell in asked if may(self.request.user, cell)}

    def _reached(self, right: Right, rows: Sequence[Row]) -> set[int]:
        """Return which of the rows a right reaches."""
        is_for_all = right is Right.SEND and not self.room.is_sent
        if right is Right.CREATE or is_for_all:
            return {row.pk for row in rows}
        reached: QuerySet[Any] = self.room.rows(self.request.user, right)
        if not reached.query.where:
            return {row.pk for row in rows}
        keys = [row.pk for row in rows]
        return set(reached.filter(pk__in=keys).values_list("pk", flat=True))

    def _choice(self, entry: Entry) -> Choice:
        action = self.room.action(entry.act)
        return Choice(
            str(entry.label),
            entry.icon,
            act=self._acting_at(action) if action else "",
            key=entry.key,
            is_danger=bool(action and action.is_danger),
        )


def _parts(sort: str) -> tuple[str, bool]:
    return sort.removeprefix("-"), sort.startswith("-")
