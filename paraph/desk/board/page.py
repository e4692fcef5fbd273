"""What the board's page shows, as values: the template asks and does not compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.templatetags.static import static
from django.urls import reverse

from paraph.board import queries
from paraph.board.models import Stage
from paraph.board.pulse import Pulse, pulse
from paraph.board.reading import Reading
from paraph.desk.lists.asking import EVERYTHING, Question, ask, presets_of, query_of
from paraph.desk.lists.filtering import Chip, chips_of
from paraph.desk.lists.page import View
from paraph.kit.listing import Criteria
from paraph.kit.numbers import key_of_row
from paraph.kit.search import Count
from paraph.people.http import Request
from paraph.people.models import Preset
from paraph.signing.models import Envelope

from .cards import Card, CardWriter
from .heartbeat import ticket
from .look import Look, look_at
from .room import BOARD


@dataclass(frozen=True)
class ShownColumn:
    """A column with its cards."""

    stage: Stage
    count: Count
    cards: Sequence[Card]
    more: str
    """Where the next cards are; nothing when these are all."""
    is_folded: bool


@dataclass(frozen=True)
class Changes:
    """What a board that is open needs to know; without keys, that it must be asked for anew."""

    heads: Sequence[tuple[Stage, Count]]
    cards: Sequence[Card]
    gone: str
    is_far: bool = False


class BoardPage:
    """The board for one person, narrowed as they ask; everything is asked for once."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.pulse: Pulse = pulse()
        self.question: Question[Envelope] = ask(request, BOARD)
        self.layout = queries.layout_of(request.user)
        self.reading = Reading(request.user, self.question.listing, self.question.criteria)
        self.writer = CardWriter(request.user, self.layout, at=request.received_at)
        self.sprite = static("icons.svg")

    @cached_property
    def columns(self) -> list[ShownColumn]:
        return [self._shown(it) for it in queries.columns(self.reading, self.layout)]

    def column(self, stage: Stage, *, cursor: str | None) -> ShownColumn:
        """Return one column from the cursor on, open even where the person has folded it."""
        found = self.reading.column(stage.standings, cursor=cursor)
        return self._shown(queries.Column(stage, found.count, found.envelopes, found.next))

    def _shown(self, column: queries.Column) -> ShownColumn:
        cards = self.writer.cards(column.envelopes)
        address = reverse("board-column", args=[column.stage.pk])
        query = "&".join(filter(None, (self.question.query, f"cursor={column.next}")))
        more = f"{address}?{query}" if column.next else ""
        return ShownColumn(column.stage, column.count, cards, more, column.is_folded)

    def changes(self, keys: set[int] | None) -> Changes:
        """Return the cards of these envelopes as they are now, and which are not here any more."""
        if keys is None:
            return Changes([], [], "", is_far=True)
        rows = self.reading.these(keys)
        gone = keys - {row.pk for row in rows}
        heads = [(stage, self.reading.capped(stage.standings)) for stage in self.layout.shown]
        return Changes(heads, self.writer.cards(rows), ",".join(map(str, sorted(gone))))

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
