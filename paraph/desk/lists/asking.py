"""What a request asks of a list, together with what the person has arranged before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic
from urllib.parse import urlencode

from django.http import QueryDict

from paraph.desk.addresses import page_at
from paraph.kit.filters import Criteria
from paraph.kit.listing import Column, Listing, Selection
from paraph.kit.numbers import key_of_row
from paraph.kit.paging import Row
from paraph.kit.prepared import Prepared, given
from paraph.people.http import Request
from paraph.people.models import ListLayout, Preset

from .rooms import Room

EVERYTHING = {"all": "1"}
"""Opens the list without its default preset."""


_OF_THEIRS = {"owner": given("owner"), "listing": given("listing")}
_LAYOUT = Prepared(lambda: ListLayout.objects.filter(**_OF_THEIRS))
_PRESETS = Prepared(lambda: Preset.objects.filter(**_OF_THEIRS))


@dataclass(frozen=True)
class Question(Generic[Row]):
    """One person's look at one list."""

    room: Room[Row]
    listing: Listing[Row]
    criteria: Criteria
    sort: str
    columns: Sequence[Column[Row]]
    cursor: str | None
    overfull: Sequence[object] = ()
    """The filters for which more was chosen than the list narrows by at once."""

    @property
    def query(self) -> str:
        """Return the criteria as they stand in an address."""
        return query_of(self.criteria)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.criteria)

    def address(self, what: str = "", **more: str) -> str:
        """Return the list's address, or a further one, with the same criteria."""
        name = f"{self.room.address}-{what}" if what else self.room.address
        query = "&".join(filter(None, (self.query, urlencode(more))))
        return page_at(name) + (f"?{query}" if query else "")

    def without(self, *keys: str, value: str = "") -> str:
        """Return the list's address without some criteria, or without one value of them."""
        kept = {
            key: [each for each in values if value and each != value] if key in keys else values
            for key, values in self.criteria.items()
        }
        query = query_of({key: values for key, values in kept.items() if values})
        return f"{page_at(self.room.address)}?{query or urlencode(EVERYTHING)}"


def ask(request: Request, room: Room[Row], *, sent: QueryDict | None = None) -> Question[Row]:
    """Read a request's question, or that of a form; the arrangement is the person's own."""
    sent = request.GET if sent is None else sent
    listing = room.listing()
    layout = layout_of(request, listing)
    return Question(
        room,
        listing,
        criteria=listing.criteria(sent),
        sort=listing.sort(layout.sort),
        columns=listing.columns_chosen(layout.columns),
        cursor=sent.get("cursor"),
        overfull=listing.overfull(sent),
    )


def layout_of(request: Request, listing: Listing[Any]) -> ListLayout:
    """Return how the person likes to see the list."""
    kept = _LAYOUT.first(owner=request.user.pk, listing=listing.name)
    return kept or ListLayout(owner=request.user, listing=listing.name)


def presets_of(request: Request, listing: Listing[Any]) -> list[Preset]:
    """Return the person's presets of the list."""
    return _PRESETS(owner=request.user.pk, listing=listing.name)


def query_of(criteria: Criteria) -> str:
    """Write criteria down for an address."""
    return urlencode(criteria, doseq=True)


def selection_of(request: Request, listing: Listing[Any]) -> Selection:
    """Return the rows that a list's form was sent with, or that an address names.

    ``only`` names one row of whose menu something was chosen; ``everything`` means all that
    fit the criteria, which come along.
    """
    sent = request.POST if request.method == "POST" else request.GET
    if only := _numbers(sent, "only"):
        return Selection(ids=only)
    if "everything" in sent:
        return Selection(criteria=listing.criteria(sent), but=_numbers(sent, "but"))
    return Selection(ids=_numbers(sent, "ids"))


def address_with(name: str, selection: Selection) -> str:
    """Return an address that a selection goes along with; ``selection_of`` reads it there."""
    if selection.criteria is None:
        query = "ids=" + ",".join(map(str, selection.ids))
    else:
        criteria = selection.criteria | {"everything": ["1"], "but": list(map(str, selection.but))}
        query = query_of(criteria)
    return f"{page_at(name)}?{query}"


def _numbers(sent: QueryDict, key: str) -> tuple[int, ...]:
    each = (key_of_row(text) for value in sent.getlist(key) for text in value.split(","))
    return tuple(number for number in each if number)
