"""The board's columns: whatever one does to them, every standing falls in exactly one."""

import pytest

from paraph.board.actions import arranging
from paraph.board.models import Place, Stage
from paraph.board.refusals import CannotArrange
from paraph.board.rules import Move, move_into, moves_of, ways
from paraph.signing.lifecycle import Status
from paraph.signing.models import Standing
from tests.cast import Cast
from tests.moments import NOON


def _stage(name: str) -> Stage:
    return next(stage for stage in Stage.objects.all() if stage.name == name)


def _placed() -> dict[str, str]:
    return {place.standing: place.stage.name for place in Place.objects.select_related("stage")}


def test_an_installation_begins_with_six_columns_that_hold_everything(cast: Cast) -> None:
    arranging.begin_with_the_usual()

    names = [stage.name for stage in Stage.objects.all()]
    assert names == ["Preparing", "With us", "With the client", "Closing", "Signed", "Not signed"]
    assert set(_placed()) == set(Standing.values)


def test_a_column_is_split_and_merged_and_nothing_is_lost(cast: Cast) -> None:
    by, at = cast.olga.actor, NOON
    lost = arranging.add_stage(name="Declined", colour="pink", by=by, at=at)

    arranging.place_standing(Standing.DECLINED, into=lost, by=by, at=at)
    assert _placed()["declined"] == "Declined"
    assert _placed()["expired"] == "Not signed"

    arranging.merge_stage(_stage("Not signed"), heir=lost, by=by, at=at)
    assert _placed()["expired"] == "Declined"
    assert set(_placed()) == set(Standing.values)
    assert [it.position for it in Stage.objects.all()] == [1, 2, 3, 4, 5, 6]


def test_a_column_is_called_as_usual_until_it_has_a_name_of_its_own(cast: Cast) -> None:
    by, at = cast.olga.actor, NOON
    stage = _stage("With us")

    arranging.edit_stage(stage, name="With us", colour="teal", by=by, at=at)
    assert stage.own_name == ""

    arranging.edit_stage(stage, name="On our desk", colour="teal", by=by, at=at)
    assert Stage.objects.get(pk=stage.pk).name == "On our desk"


def test_a_new_column_needs_a_name_and_a_merged_one_an_heir(cast: Cast) -> None:
    with pytest.raises(CannotArrange):
        arranging.add_stage(name=" ", colour="teal", by=cast.olga.actor, at=NOON)
    with pytest.raises(CannotArrange):
        stage = _stage("Closing")
        arranging.merge_stage(stage, heir=stage, by=cast.olga.actor, at=NOON)


def test_every_move_is_a_step_of_the_life_cycle(cast: Cast) -> None:
    stages = list(Stage.objects.prefetch_related("places"))
    offered = {it: {move for _pk, move in ways(it, stages)} for it in Standing}

    assert offered[Standing.DRAFT] == {Move.SEND}
    assert offered[Standing.WITH_US] == offered[Standing.WITH_CLIENT] == {Move.CANCEL}
    assert offered[Standing.CLOSING] == offered[Standing.COMPLETED] == set()
    assert all(offered[Standing(it)] == {Move.REOPEN} for it in (Status.DECLINED, Status.EXPIRED))
    assert Move.REMIND in moves_of(Standing.WITH_CLIENT)


def test_a_card_stays_where_its_own_column_is(cast: Cast) -> None:
    assert move_into(Standing.WITH_US, [Standing.WITH_US, Standing.CANCELLED]) is None
    assert move_into(Standing.DRAFT, [Standing.WITH_US, Standing.WITH_CLIENT]) is Move.SEND


def test_a_column_that_was_merged_meanwhile_is_said_to_be_gone(cast: Cast) -> None:
    gone, signed = _stage("Closing"), _stage("Signed")
    arranging.merge_stage(gone, heir=signed, by=cast.olga.actor, at=NOON)

    with pytest.raises(CannotArrange, match="is gone"):
        arranging.edit_stage(gone, name="Closed", colour="red", by=cast.olga.actor, at=NOON)
    with pytest.raises(CannotArrange, match="is gone"):
        arranging.merge_stage(gone, heir=signed, by=cast.olga.actor, at=NOON)
    with pytest.raises(CannotArrange, match="is gone"):
        arranging.place_standing(Standing.CLOSING, into=gone, by=cast.olga.actor, at=NOON)
