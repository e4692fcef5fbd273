"""What the board shows, in a number of queries that does not grow with the cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paraph.kit.listing import Listing
from paraph.kit.paging import Count
from paraph.kit.prepared import Prepared, given
from paraph.people.models import Employee
from paraph.signing.models import Envelope

from .models import ColumnSight, LaneChoice, Lanes, Place, Sight, Stage
from .reading import Found, Reading


@dataclass(frozen=True)
class Column:
    """A stage as one person sees it, with its first cards and the cursor that leads on."""

    stage: Stage
    count: Count
    envelopes: Sequence[Envelope]
    next: str | None
    is_folded: bool = False


@dataclass(frozen=True)
class Layout:
    """All columns, and how one person sees them."""

    stages: Sequence[Stage]
    sights: dict[int, str]
    lanes: Lanes | None = None

    @property
    def shown(self) -> list[Stage]:
        return [it for it in self.stages if self.sights.get(it.pk) != Sight.HIDDEN]

    @property
    def hidden(self) -> list[Stage]:
        return [it for it in self.stages if self.sights.get(it.pk) == Sight.HIDDEN]

    def is_folded(self, stage: Stage) -> bool:
        return self.sights.get(stage.pk) == Sight.FOLDED

    def stage_of(self, standing: str) -> Stage:
        """Return the column that a standing falls in."""
        return next(stage for stage in self.stages if standing in stage.standings)


_STAGES = Prepared(Stage.objects.all)
_PLACES = Prepared(lambda: Place.objects.values_list("stage", "standing"))
_SIGHTS = Prepared(
    lambda: ColumnSight.objects.filter(owner=given("person")).values_list("stage", "sight")
)
_LANES = Prepared(lambda: LaneChoice.objects.filter(owner=given("person")).values_list("lanes"))


def stages() -> list[Stage]:
    """Return every column in order, with what falls in it."""
    places = _PLACES()
    found = _STAGES()
    for stage in found:
        stage.hold(standing for pk, standing in places if pk == stage.pk)
    return found


def layout_of(person: Employee) -> Layout:
    """Return the board as the person has arranged it."""
    sights, chosen = dict(_SIGHTS(person=person.pk)), _LANES.first(person=person.pk)
    return Layout(stages(), sights, Lanes(chosen[0]) if chosen else None)


def columns(reading: Reading, layout: Layout) -> list[Column]:
    """Return the columns that are shown, with their first cards; folded ones have none."""
    unfolded = [it for it in layout.shown if not layout.is_folded(it)]
    found = reading.columns([it.standings for it in unfolded])
    opened = {it.pk: _opened(it, cards) for it, cards in zip(unfolded, found, strict=True)}
    return [opened.get(it.pk) or _folded(reading, it) for it in layout.shown]


def column(reading: Reading, stage: Stage, *, cursor: str | None = None) -> Column:
    """Return one column from the cursor on."""
    return _opened(stage, reading.column(stage.standings, cursor=cursor))


def _opened(stage: Stage, found: Found) -> Column:
    return Column(stage, found.count, found.envelopes, found.next)


def _folded(reading: Reading, stage: Stage) -> Column:
    return Column(stage, reading.capped(stage.standings), [], None, is_folded=True)


def counts(person: Employee, listing: Listing[Envelope]) -> list[tuple[Stage, Count]]:
    """Return how many documents stand in each column."""
    reading = Reading(person, listing, {})
    return [(stage, reading.capped(stage.standings)) for stage in stages()]
