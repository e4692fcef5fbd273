"""How the cards of a column are found: as quickly among 200,000 as among 20.

Where little fits what somebody may see and asks for, its keys are fetched once and sorted into the
columns. Where much fits, the index of each standing is walked, and each row is looked at on the
way. The first cards of all columns are read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from django.db.models import OrderBy, Q, Window
from django.db.models.functions import RowNumber

from paraph.board.stretches import (
    NEWEST,
    NEWEST_FIRST,
    first_cards,
    first_keys,
    keys_of,
    next_keys,
    next_of_each,
    those,
    whole,
)
from paraph.kit.filters import Criteria
from paraph.kit.finding import Search, Ways
from paraph.kit.listing import Listing
from paraph.kit.paging import Count, Page
from paraph.people.models import Employee
from paraph.signing.models import Envelope, Envelopes

CARDS = 20
FIRST = 8
"""So many cards of a column are read when the board opens: what a usual screen shows, and writing
them is what opening costs. The next are asked for as soon as their place comes into view."""
WALK = 2_000
CAP = 1_000
WORDED = 10
"""So many times as much is still little where a word leads to it: to walk until it is found takes
longer than to fetch it. More common words are looked for in the rows, and are soon found."""


@dataclass(frozen=True)
class Found:
    """Some cards of a column, the cursor that leads on, and how many there are if known."""

    envelopes: list[Envelope]
    next: str | None
    count: Count


@dataclass(frozen=True)
class Reading:
    """One person's look at the board."""

    person: Employee
    listing: Listing[Envelope]
    criteria: Criteria
    cap: int = CAP
    """Up to here counts are told, and cards are fetched by their keys; of words up to ten times
    as much."""
    walk: int = WALK
    """So many rows of a standing are looked at before giving up."""
    lane: Q = field(default_factory=Q)
    """Which of the cards are meant, of all that the person may see."""
    cards: int = CARDS
    """So many of a column are read at once."""

    def columns(self, groups: Sequence[Sequence[str]]) -> list[Found]:
        """Return the first cards of these columns, each a group of standings."""
        rows = self._beginning([it for group in groups for it in group], self._first + 1)
        each = ([row for row in rows if row.standing in group] for group in groups)
        pages = (NEWEST_FIRST.beginning(mine, size=self._first) for mine in each)
        return [self._found(group, page) for group, page in zip(groups, pages, strict=True)]

    def column(self, standings: Sequence[str], *, cursor: str | None = None) -> Found:
        """Return the next cards of a column."""
        size = self.cards if cursor else self._first
        near = self._ahead(standings, cursor, size + 1)
        page = NEWEST_FIRST.page(whole(near), cursor=cursor, size=size)
        return self._found(standings, page)

    def _found(self, standings: Sequence[str], page: Page[Envelope]) -> Found:
        is_known = self._keys is not None or not self._fitting.query.where
        beyond = Count(len(page), is_capped=page.is_followed)
        return Found(page.rows, page.next, self.capped(standings) if is_known else beyond)

    def these(self, keys: Iterable[int]) -> list[Envelope]:
        """Return those of the envelopes that belong on this board."""
        rows = self._seen.filter(pk__in=list(keys))
        return list(whole(rows).order_by(*NEWEST))

    def among(self, keys: Collection[int]) -> set[int]:
        """Return which of these envelopes belong on this board."""
        rows = self._seen.filter(pk__in=keys).order_by()
        return set(rows.values_list("pk", flat=True)) if keys else set()

    def few(self) -> Envelopes | None:
        """Return all that fits, where that is little."""
        return None if self._keys is None else those(Envelope.objects.all(), self._keys)

    def count(self, standings: Sequence[str]) -> int:
        """Count to the end."""
        return self._fitting.filter(standing__in=standings).order_by().count()

    @cached_property
    def _fitting(self) -> Envelopes:
        return self.listing.narrow(self._theirs, self.criteria)

    @cached_property
    def _theirs(self) -> Envelopes:
        return Envelope.objects.visible_to(self.person).filter(self.lane)

    @cached_property
    def _seen(self) -> Envelopes:
        """The same, found by looking into each row."""
        return self.listing.narrow(self._shown, self.criteria, one_by_one=True)

    @cached_property
    def _shown(self) -> Envelopes:
        return Envelope.objects.shown_to(self.person).filter(self.lane)

    @cached_property
    def _keys(self) -> list[int] | None:
        if not self._fitting.query.where:
            return None
        is_much = not Envelope.objects.few_for(self.person, most=self.cap)
        if is_much and not self.criteria and not self.lane:
            return None
        if not (is_much and self.listing.words(self.criteria)):
            return Search(self.listing, self._theirs, self.criteria).few(Ways(cap=self.cap))
        keys = self._worded()
        if keys is not None or not (self._is_narrowed or self._shown.query.where):
            return keys
        return Search(self.listing, self._shown, self.criteria).few(Ways(cap=self.cap))

    @property
    def _is_narrowed(self) -> bool:
        """Whether more is asked for than words."""
        return self.listing.words(self.criteria) != self.criteria

    def _worded(self) -> list[int] | None:
        """The keys of all that fits, where words lead to few of everybody's rows."""
        words = self.listing.words(self.criteria)
        search = Search(self.listing, Envelope.objects.all(), words)
        keys = search.few(Ways(cap=self.cap * WORDED))
        if keys is None or not (self._is_narrowed or self._shown.query.where):
            return keys
        return keys_of(those(self._seen, keys).order_by().values_list("pk", flat=True))

    @cached_property
    def _placed(self) -> Mapping[str, Sequence[int]]:
        """What stands where, if little fits, the newest first."""
        rows = those(Envelope.objects.all(), self._keys or []).order_by(*NEWEST)
        placed = defaultdict(list)
        for standing, pk in rows.values_list("standing", "pk"):
            placed[standing].append(pk)
        return placed

    def capped(self, standings: Sequence[str]) -> Count:
        """Count as far as it is worth it; where that takes long, no further than the cards."""
        if self._keys is not None:
            number = sum(len(self._placed.get(it, ())) for it in standings)
            return Count(number, is_capped=False)
        if self._fitting.query.where:
            number = len(self._walked(standings, None, self._first + 1))
            return Count(min(number, self._first), number > self._first)
        firsts = first_keys(self.cap + 1)
        total = sum(firsts.count(standing=it) for it in standings)
        return Count(min(total, self.cap), total > self.cap)

    @property
    def _first(self) -> int:
        return min(self.cards, FIRST)

    def _beginning(self, standings: Sequence[str], size: int) -> list[Envelope]:
        """Return the first rows of each standing, the newest of all first."""
        if self._keys is None and not self._fitting.query.where and standings:
            names = {f"at{number}": it for number, it in enumerate(standings)}
            return first_cards(tuple(names), size)(**names)
        return list(whole(self._ahead(standings, None, size)).order_by(*NEWEST))

    def _ahead(self, standings: Sequence[str], cursor: str | None, size: int) -> Envelopes:
        """Return the next rows of each standing, and maybe some more."""
        if self._keys is None and not self._fitting.query.where:
            return next_of_each(self._fitting, standings, cursor, size)
        if self._keys is None:
            return Envelope.objects.filter(pk__in=self._walked(standings, cursor, size))
        if cursor:
            return those(Envelope.objects.filter(standing__in=standings), self._keys)
        each = (self._placed.get(it, ())[:size] for it in standings)
        return Envelope.objects.filter(pk__in=[pk for keys in each for pk in keys])

    def _walked(self, standings: Iterable[str], cursor: str | None, size: int) -> list[int]:
        """Return the next of each standing that fit: among few rows, among more, among all."""
        found, left = [], set(standings)
        for walk in self._steps:
            if not left:
                break
            ahead = {it: next_keys(it, cursor, walk) for it in left}
            near = [pk for keys in ahead.values() for pk in keys]
            seen = those(self._seen, near).order_by(*NEWEST)
            fitting = list(seen.values_list("standing", "pk"))
            for it, keys in ahead.items():
                mine = [pk for at, pk in fitting if at == it][:size]
                if len(mine) == size or len(keys) < walk:
                    found += mine
                    left.remove(it)
        if self.listing.words(self.criteria):
            return found + self._led(left, cursor, size)
        rows = next_of_each(self._fitting, left, cursor, size)
        return found + list(rows.values_list("pk", flat=True))

    def _led(self, standings: Iterable[str], cursor: str | None, size: int) -> list[int]:
        """Return the next of each standing; the index of words is asked once for all of them."""
        rows = self.listing.narrow(self._shown, self.criteria).filter(standing__in=standings)
        ahead = NEWEST_FIRST.ahead(rows, cursor=cursor)
        order = cast("Sequence[OrderBy]", ahead.query.order_by)
        place = Window(RowNumber(), partition_by="standing", order_by=order)
        first = ahead.order_by().annotate(place=place).filter(place__lte=size)
        return list(first.values_list("pk", flat=True))

    @property
    def _steps(self) -> tuple[int, ...]:
        """Return how many rows to walk at first, then, at last."""
        return (self.walk // 20, self.walk // 4, self.walk)
