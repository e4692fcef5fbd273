"""What happens to the board itself; what happens to its cards are facts of signing."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event


@dataclass(frozen=True)
class StageMade(Event):
    """The board got another column."""

    name = "board-stage.made"
    board_stage_id: int
    title: str


@dataclass(frozen=True)
class StageEdited(Event):
    """A column is called or marked otherwise, or lies elsewhere: per change before and after."""

    name = "board-stage.edited"
    board_stage_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class StandingPlaced(Event):
    """Envelopes of one standing fall in another column from now on."""

    name = "board-stage.placed"
    board_stage_id: int
    standing: str
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class StageMerged(Event):
    """A column is gone; what stood in it stands in its heir."""

    name = "board-stage.merged"
    board_stage_id: int
    title: str
    heir: str
