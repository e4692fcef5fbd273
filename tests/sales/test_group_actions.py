"""What a group action changes in many deals at once can be taken back."""

from typing import Any

from paraph.batches.actions import advance_batch, begin_batch, undo_batch
from paraph.batches.models import Batch
from paraph.kit.listing import Selection
from paraph.people.access import Level, Right
from paraph.people.models import Grant
from paraph.sales.actions.moving import explain_outcome, move_deal
from paraph.sales.choices import Place
from paraph.sales.models import Deal
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals


def _done(cast: Cast, kind: str, chosen: list[Deal], **given: Any) -> Batch:
    selection = Selection(ids=tuple(deal.pk for deal in chosen)).to_json()
    given = {"selection": selection, **given}
    batch = begin_batch(f"deals.{kind}", given=given, total=2, owner=cast.alice, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    batch.refresh_from_db()
    return batch


def _why(batch: Batch) -> list[str]:
    return [row.why for row in batch.refusals.filter(is_undo=True)]


def test_moved_deals_go_back_with_the_reason_they_had(cast: Cast) -> None:
    lost, new = deals.deal(cast, title="A", at="Lost"), deals.deal(cast, title="B")
    explain_outcome(lost, reason="Too dear", by=cast.alice.actor, at=NOON)
    ended = Deal.objects.get(pk=lost.pk).closed_at
    batch = _done(cast, "move", [lost, new], stage=deals.stage("Won").pk)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    lost.refresh_from_db()
    new.refresh_from_db()
    assert (lost.stage, new.stage) == (deals.stage("Lost"), deals.stage())
    assert (lost.reason, lost.closed_at, new.closed_at) == ("Too dear", ended, None)


def test_a_deal_that_somebody_moved_since_stays(cast: Cast) -> None:
    deal = deals.deal(cast)
    batch = _done(cast, "move", [deal], stage=deals.stage("Won").pk)
    move_deal(deal, Place(deals.stage("Lost")), by=cast.olga.actor, at=NOON)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    deal.refresh_from_db()
    assert (deal.stage, _why(batch)) == (
        deals.stage("Lost"),
        ["Somebody has changed this since."],
    )


def test_who_may_edit_no_more_takes_no_deal_back(cast: Cast) -> None:
    deal = deals.deal(cast)
    batch = _done(cast, "change-responsible", [deal], responsible=cast.bob.pk)
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.NONE)

    undo_batch(Batch.objects.get(pk=batch.pk), by=cast.alice.actor, at=NOON)

    deal.refresh_from_db()
    assert (deal.responsible, len(_why(batch))) == (cast.bob, 1)


def test_handed_over_deals_come_back(cast: Cast) -> None:
    deal = deals.deal(cast)
    batch = _done(cast, "change-responsible", [deal], responsible=cast.bob.pk)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    deal.refresh_from_db()
    assert (deal.responsible, _why(batch)) == (cast.alice, [])
