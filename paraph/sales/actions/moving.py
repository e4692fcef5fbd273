"""Deals go from stage to stage, and end as won or lost."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor, Event
from paraph.kit import db

from .. import steps
from ..choices import Place
from ..events import DealLost, DealMoved, DealReopened, DealWon, OutcomeExplained
from ..lifecycle import Turn, turn_of
from ..models import Deal, DealStage
from ..refusals import CannotMove


@db.transaction
def move_deal(deal: Deal, place: Place, *, by: Actor, at: datetime) -> None:
    """Put a deal into a stage, or elsewhere in the same; only another stage is a fact."""
    deal.lock()
    before, after = deal.stage, DealStage.objects.get(pk=place.stage.pk)
    turn = turn_of(before.kind, after.kind)
    if turn is Turn.REOPEN:
        deal.reason = ""
        deal.save(update_fields=["reason"])
    deal.stand_in(after, rank=steps.rank_in(after, after=place.after), at=at)
    if before.pk == after.pk:
        return
    moved = DealMoved(deal_id=deal.pk, before=_named(before, after), after=_named(after, before))
    journal.record(moved, by=by, at=at)
    if turn:
        journal.record(_ended(deal, turn), by=by, at=at)


@db.transaction
def explain_outcome(deal: Deal, *, reason: str, by: Actor, at: datetime) -> None:
    """Write down why a deal was won or lost."""
    deal.lock()
    if deal.is_open:
        raise CannotMove(_("This deal is still in progress."))
    if deal.reason == reason.strip():
        return
    deal.reason, deal.edited_at = reason.strip(), at
    deal.save(update_fields=["reason", "edited_at"])
    journal.record(OutcomeExplained(deal_id=deal.pk, reason=deal.reason), by=by, at=at)


def _ended(deal: Deal, turn: Turn) -> Event:
    if turn is Turn.REOPEN:
        return DealReopened(deal_id=deal.pk, title=deal.title)
    event = DealWon if turn is Turn.WIN else DealLost
    return event(
        deal_id=deal.pk, title=deal.title, company_id=deal.client_id, contact_id=deal.contact_id
    )


def _named(stage: DealStage, other: DealStage) -> str:
    """Name a stage; with its pipeline when the other one belongs to another."""
    is_elsewhere = stage.pipeline_id != other.pipeline_id
    return f"{stage.pipeline.name} · {stage.name}" if is_elsewhere else stage.name
