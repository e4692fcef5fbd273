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


@dataclass(frozen=True)
class EnvelopesExported(Event):
    """Somebody took the list of documents out of the house as a file."""

    name = "envelopes.exported"
    rows: int
    format: str


@dataclass(frozen=True)
class RuleWritten(Event):
    """A rule of a stage was made or changed; from when on it holds is said when it is on."""

    name = "stage-rule.written"
    stage_rule_id: int
    title: str
    is_on: bool


@dataclass(frozen=True)
class RuleSwitched(Event):
    """A rule of a stage was switched on or off."""

    name = "stage-rule.switched"
    stage_rule_id: int
    title: str
    is_on: bool


@dataclass(frozen=True)
class RuleDeleted(Event):
    """A rule of a stage is gone; what it did stays done."""

    name = "stage-rule.deleted"
    stage_rule_id: int
    title: str


@dataclass(frozen=True)
class RuleApplied(Event):
    """A rule did its deed for an envelope, or could not: then the refusal says why."""

    name = "stage-rule.applied"
    envelope_id: int
    stage_rule_id: int
    title: str
    deed: str
    told: str  # the note, who was written to, who is responsible now, where the deal went
    refusal: str = ""
    deal_id: int | None = None
