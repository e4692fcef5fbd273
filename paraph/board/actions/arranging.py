"""The columns of the board: made, named, coloured, ordered, merged, and filled with standings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.rules import changes
from paraph.journal import Actor
from paraph.kit import db
from paraph.signing.models import Standing

from ..events import StageEdited, StageMade, StageMerged, StandingPlaced
from ..models import Place, Stage, StageRule
from ..refusals import CannotArrange
from ..stages import COLOURS, STANDINGS
from ..stages import Stage as Usual

MOST_STAGES = 20


@db.transaction
def begin_with_the_usual() -> None:
    """Give a new installation its six columns; nothing where there are some."""
    if Stage.objects.exists():
        return
    for position, usual in enumerate(Usual, start=1):
        stage = Stage.objects.create(usual=usual, colour=COLOURS[usual], position=position)
        Place.objects.bulk_create(
            Place(standing=standing, stage=stage) for standing in STANDINGS[usual]
        )


@db.transaction
def add_stage(*, name: str, colour: str, by: Actor, at: datetime) -> Stage:
    """Add an empty column at the end; standings are put into it afterwards."""
    stages = _hold()
    if len(stages) >= MOST_STAGES:
        raise CannotArrange(_("A board cannot have more columns. Merge two first."))
    stage = Stage.objects.create(own_name=_named(name), colour=colour, position=len(stages) + 1)
    journal.record(StageMade(stage.pk, stage.name), by=by, at=at)
    return stage


@db.transaction
def edit_stage(stage: Stage, *, name: str, colour: str, by: Actor, at: datetime) -> None:
    """Give a column a name of its own and a colour; without one it is called as usual."""
    kept = _still(stage, _hold())
    is_as_usual = kept.usual and name.strip() in ("", str(Usual(kept.usual).label))
    stage.own_name = "" if is_as_usual else _named(name)
    stage.colour = colour
    stage.save(update_fields=["own_name", "colour"])
    if changed := changes(kept, stage, fields=["own_name", "colour"]):
        journal.record(StageEdited(stage.pk, changed), by=by, at=at)


@db.transaction
def order_stages(order: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Put the columns into this order (ids); those not named stay behind them."""
    before = _hold()
    place = {pk: number for number, pk in enumerate(order)}
    after = sorted(before, key=lambda stage: place.get(stage.pk, len(place)))
    if before == after:
        return
    _number(after)
    names = [" · ".join(stage.name for stage in stages) for stages in (before, after)]
    journal.record(StageEdited(after[0].pk, {"order": names}), by=by, at=at)


@db.transaction
def place_standing(standing: Standing, *, into: Stage, by: Actor, at: datetime) -> None:
    """Let envelopes that stand so fall in this column from now on."""
    _still(into, _hold())
    place = Place.objects.select_related("stage").get(standing=standing)
    before = place.stage
    if before == into:
        return
    place.stage = into
    place.save(update_fields=["stage"])
    changed = {"stage": [before.name, into.name]}
    journal.record(StandingPlaced(into.pk, standing.value, changed), by=by, at=at)


@db.transaction
def merge_stage(stage: Stage, *, heir: Stage, by: Actor, at: datetime) -> None:
    """Take a column away; all that falls in it falls in the heir."""
    held = _hold()
    stage, heir = _still(stage, held), _still(heir, held)
    if stage == heir:
        raise CannotArrange(_("Choose another column for what stands in it."))
    gone = StageMerged(stage.pk, stage.name, heir.name)
    Place.objects.filter(stage=stage).update(stage=heir)
    StageRule.objects.filter(stage=stage).update(stage=heir)
    stage.delete()
    _number(list(Stage.objects.all()))
    journal.record(gone, by=by, at=at)


@db.transaction_required
def _hold() -> list[Stage]:
    """Hold all columns: who arranges the board, does so alone."""
    return list(Stage.objects.select_for_update().order_by("position", "id"))


def _still(stage: Stage, held: Sequence[Stage]) -> Stage:
    """Return a column as it is now; raises ``CannotArrange`` where it was merged meanwhile."""
    for kept in held:
        if kept == stage:
            return kept
    raise CannotArrange(_("This column is gone: somebody has merged it with another."))


@db.transaction_required
def _number(stages: Sequence[Stage]) -> None:
    for position, stage in enumerate(stages, start=1):
        stage.position = position
    Stage.objects.bulk_update(stages, ["position"])


def _named(name: str) -> str:
    if not name.strip():
        raise CannotArrange(_("Write a name."))
    return name.strip()
