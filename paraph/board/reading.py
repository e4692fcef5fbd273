"""How the cards of a column are found: as quickly among 200,000 as among 20.

Where little fits what somebody may see and asks for, its keys are fetched once and sorted into the
columns. Where much fits, each column is walked along the index of its standings, and each row is
looked at on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q

from paraph.kit.finding import Search, Ways
from paraph.kit.listing import Criteria, Listing
from paraph.kit.search import Count, Keyset, Page, capped_count
from paraph.people.models import Employee
from paraph.signing.models import Envelope, Envelopes

NEWEST_FIRST = Keyset(("stands_since", "id"), descending=True)
CARDS = 20
WALK = 2_000
CAP = 1_000


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
    """Up to here counts are told, and cards are fetched by their keys."""
    walk: int = WALK
    """So many rows of a standing are looked at before giving up."""
    lane: Q = field(default_factory=Q)
    """Which of the cards are meant, of all that the person may see."""
    cards: int = CARDS
    """So many of a column are read at once."""

    def column(self, standings: Sequence[str], *, cursor: str | None = None) -> Found:
        """Return the next cards of a column."""
        page = self._page(standings, cursor)
        is_known = self._few is not None or not self._fitting.query.where
        count = self.capped(standings) if is_known else self._beyond(page)
        return Found(page.rows, page.next, count)

    def these(self, keys: Iterable[int]) -> list[Envelope]:
        """Return those of the envelopes that belong on this board."""
        rows = self._seen.filter(pk__in=list(keys))
        return list(_whole(rows).order_by("-stands_since", "-id"))

    def among(self, keys: Collection[int]) -> set[int]:
        """Return which of these envelopes belong on this board."""
        rows = self._seen.filter(pk__in=keys).order_by()
        return set(rows.values_list("pk", flat=True)) if keys else set()

    def few(self) -> Envelopes | None:
        """Return all that fits, where that is little."""
        return None if self._keys is None else Envelope.objects.filter(pk__in=self._keys)

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
    def _few(self) -> Counter[str] | None:
        """How many stand where, if little fits; the keys beside it are ``_keys``."""
        return None if self._keys is None else self._standing

    @cached_property
    def _keys(self) -> list[int] | None:
        if not self._fitting.query.where:
            return None
        is_much = not Envelope.objects.few_for(self.person, most=self.cap)
        if is_much and not self.criteria and not self.lane:
            return None
        is_worded = bool(self.listing.words(self.criteria))
        rows = self._shown if is_much and is_worded else self._theirs
        return Search(self.listing, rows, self.criteria).few(Ways(cap=self.cap))

    @cached_property
    def _standing(self) -> Counter[str]:
        rows = Envelope.objects.filter(pk__in=self._keys or [])
        return Counter(rows.order_by().values_list("standing", flat=True))

    def capped(self, standings: Sequence[str]) -> Count:
        """Count as far as it is worth it; where that takes long, no further than a page."""
        if self._few is not None:
            return Count(sum(self._few[standing] for standing in standings), is_capped=False)
        if self._fitting.query.where:
            return self._beyond(self._page(standings, None))
        each = [capped_count(_at(self._fitting, it), cap=self.cap) for it in standings]
        total = sum(it.number for it in each)
        return Count(min(total, self.cap), total > self.cap or any(it.is_capped for it in each))

    def _beyond(self, page: Page[Envelope]) -> Count:
        return Count(len(page), is_capped=page.is_followed)

    def _page(self, standings: Sequence[str], cursor: str | None) -> Page[Envelope]:
        if self._keys is not None:
            near = Envelope.objects.filter(pk__in=self._keys, standing__in=standings)
        elif self._fitting.query.where:
            near = self._walked(standings, cursor)
        else:
            near = _first(self._fitting, standings, cursor, self.cards + 1)
        return NEWEST_FIRST.page(_whole(near), cursor=cursor, size=self.cards)

    def _walked(self, standings: Sequence[str], cursor: str | None) -> Envelopes:
        """Return what fits among the next rows, of few, then of more; else whatever fits."""
        for walk in (self.walk // 4, self.walk):
            stretch = _first(Envelope.objects.all(), standings, cursor, walk)
            seen = self._seen.filter(pk__in=stretch.values("pk")).order_by()
            near = NEWEST_FIRST.stretch(seen, cursor=cursor, size=self.cards + 1)
            keys = list(near.values_list("pk", flat=True))
            if len(keys) > self.cards or stretch.count() < walk:
                return Envelope.objects.filter(pk__in=keys)
        return _first(self._fitting, standings, cursor, self.cards + 1)


def _first(rows: Envelopes, standings: Sequence[str], cursor: str | None, size: int) -> Envelopes:
    """Return the next rows of each standing: together they begin with the next of all."""
    each = [
        Q(pk__in=NEWEST_FIRST.stretch(_at(rows, it), cursor=cursor, size=size).values("pk"))
        for it in standings
    ]
    return Envelope.objects.filter(reduce(or_, each, Q(pk__in=[])))


def _at(rows: Envelopes, standing: str) -> Envelopes:
    return rows.filter(standing=standing)


def _whole(rows: Envelopes) -> Envelopes:
    return rows.select_related("responsible").defer("search_text")
