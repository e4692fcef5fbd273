"""What a room tells the shared list: its rows, its cells, what one can do with a row or with many.

A room is a value at the top of the room's ``lists.py``; group actions that come from elsewhere
(campaigns, import and export) are added there, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from paraph.kit.listing import Listing
from paraph.kit.paging import Row
from paraph.people.access import Level, Right, Section, reach
from paraph.people.models import Employee

Words = str | Promise
Cell = tuple[Right, tuple[Section, ...]]
"""A right, in any of the sections that open the room."""
Written = Callable[[Row], SafeString]
Guard = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]


def may(person: Employee, cell: Cell) -> bool:
    """Tell whether the person has a right at any level, in one of the sections."""
    right, sections = cell
    return any(reach(person, section, right) is not Level.NONE for section in sections)


class Asked(forms.Form):
    """What a group action must know before it begins: nothing but that it is meant."""

    def __init__(self, *args: Any, person: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def given(self) -> dict[str, Any]:
        """Return the answers, as JSON for the batch."""
        return {}


@dataclass(frozen=True)
class GroupAction:
    """Something done with all chosen rows at once: a kind of batch, or a page that goes on."""

    name: str
    label: Words
    icon: str
    allow: Cell
    kind: str = ""
    """The kind of batch; it is given ``selection``, ``until`` and what the form says."""
    address: str = ""
    """Instead of a batch: the name of an address that goes on with the selection (GET)."""
    question: Words = ""
    text: Words = ""
    form: type[Asked] = Asked
    is_danger: bool = False
    least: int = 1


@dataclass(frozen=True)
class Entry:
    """A line of a row's menu: a link, or a group action for this row alone."""

    label: Words
    icon: str
    allow: Cell
    href: Callable[[Any], str] | None = None  # Any: each room has its own rows
    act: str = ""
    key: str = ""
    """The letter that does the same from the keyboard."""


@dataclass(frozen=True)
class Tool:
    """A line of the gear: a page that goes on with what the list is narrowed to."""

    label: Words
    icon: str
    address: str
    """The name of an address; the criteria follow it as a query."""
    allow: Cell


@dataclass(frozen=True)
class Room(Generic[Row]):
    """One list of the desk."""

    address: str
    """The list's name in ``urls.py``; its further addresses begin with it."""
    label: Words
    listing: Callable[[], Listing[Row]]
    rows: Callable[[Employee, Right], QuerySet[Row]]
    guard: Guard
    detail: Callable[[Row], str]
    template: str
    empty: str
    """The template for a list in which nothing is yet."""
    search: Words
    create: str = ""
    """The name of the address where a new row begins."""
    cells: Mapping[str, str | Written[Row]] = field(default_factory=dict)
    """Templates of the columns whose plain value is not enough; each gets ``row``. A function
    does the same in less time."""
    menu: Sequence[Entry] = ()
    actions: list[GroupAction] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)
    notes: Callable[[Sequence[Row], str], Mapping[Any, SafeString]] | None = None
    """What stands under the first cell of some rows, by key, when something is searched for."""
    size: int = 50
    is_sent: bool = False
    """Whether the right to send is about these rows, and not about what is made from them."""

    def action(self, name: str) -> GroupAction | None:
        """Return the group action of that name."""
        return next((each for each in self.actions if each.name == name), None)
