"""What the board's page shows, as values: the template asks and does not compute."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse

from paraph.board import queries
from paraph.board.lanes import Lane, in_lane, lane_at, lanes_of
from paraph.board.models import Stage
from paraph.board.pulse import Pulse, pulse
from paraph.board.reading import Reading
from paraph.desk.lists.asking import EVERYTHING, Question, ask, presets_of, query_of
from paraph.desk.lists.filtering import Chip, chips_of
from paraph.desk.lists.page import View
from paraph.kit.filters import Criteria
from paraph.kit.numbers import key_of_row, whole_number
from paraph.kit.paging import Count
from paraph.people.http import Request
from paraph.people.models import Preset
from paraph.signing.models import Envelope

from .cards import Card, CardWriter
from .heartbeat import ticket
from .look import Look, look_at
from .room import BOARD

LANES, MOST_LANES = 25, 5
CARDS_OF_A_LANE = 6


@dataclass(frozen=True)
class ShownLanes:
    """Some lanes, and where the next are."""

    lanes: Sequence[Lane]
    more: str


@dataclass(frozen=True)
class ShownColumn:
    """A column with its cards."""

    stage: Stage
    count: Count
    cards: Sequence[Card]
    more: str
    """Where the next cards are; nothing when these are all."""
    is_folded: bool
    head: Head


@dataclass(frozen=True)
class Head:
    """How many cards a column has, of all or of one lane."""

    key: str
    """What tells it from the same column of another lane."""
    count: Count
    address: str
    """Where they are counted to the end."""


@dataclass(frozen=True)
class Changes:
    """What a board that is open needs to know; without keys, that it must be asked for anew."""

    heads: Sequence[Head]
    cards: Sequence[Card]
    gone: str
    is_far: bool = False


class BoardPage:
    """The board for one person, narrowed as they ask; everything is asked for once.

    What narrows it stands in the address, or in what a form has ``sent``.
    """

    def __init__(self, request: Request, *, sent: QueryDict | None = None) -> None:
        self.request = request
        self.pulse: Pulse = pulse()
        self.question: Question[Envelope] = ask(request, BOARD, sent=sent)
        self.layout = queries.layout_of(request.user)
        self.lane = self._lane_asked
        self.reading = self._reading(self.lane.key if self.lane else None)
        self.writer = CardWriter(request.user, self.layout, at=request.received_at)
        self.sprite = static("icons.svg")

    def _reading(self, lane: int | None) -> Reading:
        whole = Reading(self.request.user, self.question.listing, self.question.criteria)
        if lane is None or self.layout.lanes is None:
            return whole
        return replace(whole, lane=in_lane(lane, self.layout.lanes), cards=CARDS_OF_A_LANE)

    @property
    def _lane_asked(self) -> Lane | None:
        by = self.layout.lanes
        return lane_at(self.request.GET.get("lane", ""), by) if by else None

    @cached_property
    def lanes(self) -> ShownLanes:
        """The next lanes, or the one that the address asks for."""
        if self.lane or self.layout.lanes is None:
            return ShownLanes([self.lane] if self.lane else [], "")
        begin = whole_number(self.request.GET.get("from", "")) or 0
        every = lanes_of(self.reading, self.layout.lanes)
        end = begin + LANES
        query = "&".join(filter(None, (self.query, f"from={end}")))
        more = f"{reverse('board-lanes')}?{query}" if end < len(every) else ""
        return ShownLanes(every[begin:end], more)

    @cached_property
    def columns(self) -> list[ShownColumn]:
        found = queries.columns(self.reading, self.layout)
        cards = self.writer.cards([row for column in found for row in column.envelopes])
        return [
            self._shown(it, [card for card in cards if card.stage == it.stage.pk]) for it in found
        ]

    def column(self, stage: Stage, *, cursor: str | None) -> ShownColumn:
        """Return one column from the cursor on, open even where the person has folded it."""
        column = queries.column(self.reading, stage, cursor=cursor)
        return self._shown(column, self.writer.cards(column.envelopes))

    def _shown(self, column: queries.Column, cards: Sequence[Card]) -> ShownColumn:
        address = reverse("board-column", args=[column.stage.pk])
        query = "&".join(filter(None, (self.lane_query, f"cursor={column.next}")))
        more = f"{address}?{query}" if column.next else ""
        head = self._head(column.stage, column.count, self.lane.key if self.lane else None)
        return ShownColumn(column.stage, column.count, cards, more, column.is_folded, head)

    @property
    def lane_query(self) -> str:
        """Return what an address says of the criteria and of the lane."""
        lane = f"lane={self.lane.key}" if self.lane else ""
        return "&".join(filter(None, (self.query, lane)))

    def _head(self, stage: Stage, count: Count, lane: int | None) -> Head:
        address = reverse("board-column-count", args=[stage.pk])
        if lane is None:
            return Head(str(stage.pk), count, address)
        return Head(f"{lane}-{stage.pk}", count, f"{address}?lane={lane}")

    def _heads(self, lane: int | None) -> list[Head]:
        reading = self._reading(lane)
        return [self._head(it, reading.capped(it.standings), lane) for it in self.layout.shown]

    def changes(self, keys: set[int] | None, *, here: Collection[int]) -> Changes:
        """Return the cards of these envelopes as they are now, and who of ``here`` has left."""
        if keys is None:
            return Changes([], [], "", is_far=True)
        rows = self.reading.these(keys)
        gone = set(here) - self.reading.among(here)
        cards = self.writer.cards(rows)
        touched: list[int | None] = [card.lane for card in cards]
        lanes = list(dict.fromkeys(touched))[:MOST_LANES] or [None]
        heads = [head for lane in lanes for head in self._heads(lane)]
        return Changes(heads, cards, ",".join(map(str, sorted(gone))))

    @cached_property
    def look(self) -> Look | None:
        """The quick look that the address asks for."""
        key = key_of_row(self.request.GET.get("card", ""))
        return look_at(self.request, key) if key else None

    @property
    def pulse_address(self) -> str:
        return ticket(self.request.user)

    @property
    def version(self) -> str:
        return str(self.pulse)

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

    @property
    def query(self) -> str:
        return self.question.query

    @cached_property
    def chips(self) -> Sequence[Chip]:
        return chips_of(self.question, self.request.user)

    @cached_property
    def presets(self) -> list[Preset]:
        return presets_of(self.request, self.question.listing)

    @property
    def views(self) -> list[View]:
        return [
            View(it.name, self._open(it.criteria), it.criteria == self.criteria)
            for it in self.presets
        ]

    @property
    def is_narrowed(self) -> bool:
        return self.question.is_narrowed

    @property
    def is_new_view(self) -> bool:
        return self.is_narrowed and not any(view.is_current for view in self.views)

    @property
    def everything(self) -> str:
        return self._open({})

    @property
    def usual_address(self) -> str:
        """Return where the board opens by itself, if the person keeps a default preset."""
        usual = [kept for kept in self.presets if kept.is_default and kept.criteria]
        return self._open(usual[0].criteria) if usual else ""

    @property
    def addresses(self) -> dict[str, str]:
        return {name: self.question.address(name) for name in ("filters", "presets")}

    @property
    def plain(self) -> dict[str, str]:
        return {name: address.partition("?")[0] for name, address in self.addresses.items()}

    def _open(self, criteria: Criteria) -> str:
        query = query_of(criteria or {key: [it] for key, it in EVERYTHING.items()})
        return f"{reverse(BOARD.address)}?{query}"
