"""Long work on many deals: another responsible, another stage, thrown away, into a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.choosing import each_reached, write_chosen
from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_traces
from paraph.journal import Actor
from paraph.kit.listing import Selection
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee

from . import steps
from .choices import Place
from .listing import deal_listing
from .models import Deal, DealStage, EarlierDeal


def _take_back(batch: Batch, at: datetime) -> Stretch:
    """Give the deals back what they had, except where somebody changed it since."""
    kept = next_traces(batch, EarlierDeal.objects.filter(batch=batch))
    before = {trace.deal_id: trace for trace in kept}
    held = Deal.objects.filter(pk__in=before).select_for_update(of=("self",)).order_by("pk")
    reached = _reached(batch, list(before)) | _own_again(batch, kept)
    changed, refused = 0, []
    for deal in held.select_related("responsible", "stage__pipeline", "client", "contact"):
        if why := _obstacle(deal, before[deal.pk], reached):
            refused.append((deal.title, why))
            continue
        _restore(deal, before[deal.pk], by=batch.owner.actor, at=at)
        changed += 1
    return Stretch(len(kept), changed, refused, after(kept))


def _own_again(batch: Batch, kept: Sequence[EarlierDeal]) -> set[int]:
    """Return what goes back to the owner, who may edit at least what is their own."""
    if not reach(batch.owner, Section.CRM, Right.EDIT):
        return set()
    given = [trace for trace in kept if trace.column == "responsible_id"]
    return {trace.deal_id for trace in given if trace.before == batch.owner_id}


def _obstacle(deal: Deal, trace: EarlierDeal, reached: Collection[int]) -> str:
    """Say why a deal stays as it is, if it does."""
    if deal.pk not in reached:
        return _("Your rights do not reach this one.")
    if getattr(deal, trace.column) != trace.after:
        return _("Somebody has changed this since.")
    if trace.column == "stage_id":
        is_there = DealStage.objects.filter(pk=trace.before).exists()
        return "" if is_there else _("Its stage is not there any more.")
    left = Employee.objects.filter(pk=trace.before, is_active=False).first()
    return _("%s does not work here any more.") % left.name if left else ""


def _restore(deal: Deal, trace: EarlierDeal, *, by: Actor, at: datetime) -> None:
    if trace.column == "responsible_id":
        heir = Employee.objects.get(pk=trace.before)
        steps.give(deal, responsible=heir, by=by, at=at)
        return
    steps.put(deal, Place(DealStage.objects.get(pk=trace.before)), by=by, at=at)
    deal.rank, deal.reason, deal.closed_at = trace.rank, trace.reason, trace.closed_at
    deal.save(update_fields=["rank", "reason", "closed_at"])


def _trace(batch: Batch, deal: Deal, column: str, *, to: int) -> EarlierDeal:
    return EarlierDeal(
        batch=batch,
        deal=deal,
        column=column,
        before=getattr(deal, column),
        after=to,
        rank=deal.rank,
        reason=deal.reason,
        closed_at=deal.closed_at,
    )


@by_stretches(
    "deals.change-responsible", title=gettext_lazy("Change the responsible"), undo=_take_back
)
def change_responsible(batch: Batch, at: datetime) -> Stretch:
    """Give the deals to somebody else."""
    heir = Employee.objects.get(pk=batch.given["responsible"])

    def give(deal: Deal) -> bool:
        trace = _trace(batch, deal, "responsible_id", to=heir.pk)
        is_given = steps.give(deal, responsible=heir, by=batch.owner.actor, at=at)
        if is_given:
            trace.save()
        return is_given

    return _each(batch, Right.EDIT, give)


@by_stretches("deals.move", title=gettext_lazy("Move to a stage"), undo=_take_back)
def move_deals(batch: Batch, at: datetime) -> Stretch:
    """Put the deals into one stage, on top of those that are there."""
    stage = DealStage.objects.select_related("pipeline").get(pk=batch.given["stage"])

    def put(deal: Deal) -> bool:
        if deal.stage_id == stage.pk:
            return False
        _trace(batch, deal, "stage_id", to=stage.pk).save()
        steps.put(deal, Place(stage), by=batch.owner.actor, at=at)
        return True

    return _each(batch, Right.EDIT, put)


@by_stretches("deals.delete", title=gettext_lazy("Delete deals"))
def delete_deals(batch: Batch, at: datetime) -> Stretch:
    """Throw the deals away, but those with documents."""

    def drop(deal: Deal) -> bool:
        steps.drop(deal, by=batch.owner.actor, at=at)
        return True

    return _each(batch, Right.DELETE, drop)


@writing_a_file("deals.export", title=gettext_lazy("Export deals"))
def export_deals(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the file that its owner has ordered."""
    rows = _chosen(batch, Right.EXPORT)
    write_chosen(batch, rows, deal_listing(), into=file, tick=tick)


def _chosen(batch: Batch, right: Right = Right.VIEW) -> QuerySet[Deal]:
    """Return what the batch was given, as far as its owner sees it now."""
    rows = Deal.objects.visible_to(batch.owner, right)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        chosen = deal_listing().selected(rows, selection)
    return chosen.select_related("responsible", "stage__pipeline", "client", "contact")


def _each(batch: Batch, right: Right, change: Callable[[Deal], bool]) -> Stretch:
    allowed = Deal.objects.visible_to(batch.owner, right)
    return each_reached(batch, _chosen(batch), change, allowed=allowed)


def _reached(batch: Batch, deals: Sequence[int]) -> set[int]:
    """Return which of these deals the owner may edit now."""
    rows = Deal.objects.visible_to(batch.owner, Right.EDIT).filter(pk__in=deals)
    return set(rows.values_list("pk", flat=True))
