"""Long work on many deals: another responsible, another stage, thrown away, into a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_rows
from paraph.kit.errors import Refused
from paraph.kit.listing import Selection
from paraph.kit.listing_files import write_list
from paraph.people.access import Right
from paraph.people.models import Employee

from . import steps
from .choices import Place
from .listing import deal_listing
from .models import Deal, DealStage


@by_stretches("deals.change-responsible", title=gettext_lazy("Change the responsible"))
def change_responsible(batch: Batch, at: datetime) -> Stretch:
    """Give the deals to somebody else."""
    heir = Employee.objects.get(pk=batch.given["responsible"])

    def give(deal: Deal) -> bool:
        return steps.give(deal, responsible=heir, by=batch.owner.actor, at=at)

    return _each(batch, Right.EDIT, give)


@by_stretches("deals.move", title=gettext_lazy("Move to a stage"))
def move_deals(batch: Batch, at: datetime) -> Stretch:
    """Put the deals into one stage, on top of those that are there."""
    stage = DealStage.objects.select_related("pipeline").get(pk=batch.given["stage"])

    def put(deal: Deal) -> bool:
        if deal.stage_id == stage.pk:
            return False
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
    owner, given = batch.owner, batch.given
    columns = deal_listing().columns_chosen(given["columns"])
    with translation.override(owner.language), timezone.override(owner.time_zone):
        write_list(
            file,
            _chosen(batch, Right.EXPORT).order_by("pk").iterator(chunk_size=2000),
            columns,
            format=given["format"],
            language=owner.language,
            tick=tick,
        )


def _chosen(batch: Batch, right: Right = Right.VIEW) -> QuerySet[Deal]:
    """Return what the batch was given, as far as its owner sees it now."""
    rows = Deal.objects.visible_to(batch.owner, right)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        chosen = deal_listing().selected(rows, selection)
    return chosen.select_related("responsible", "stage__pipeline", "client", "contact")


def _each(batch: Batch, right: Right, change: Callable[[Deal], bool]) -> Stretch:
    """Do one thing to each of the next deals that the right reaches."""
    rows = next_rows(batch, _chosen(batch))
    allowed = Deal.objects.visible_to(batch.owner, right).filter(pk__in=[row.pk for row in rows])
    reached = set(allowed.values_list("pk", flat=True))
    changed, refused = 0, []
    for deal in rows:
        if deal.pk not in reached:
            refused.append((deal.title, _("Your rights do not reach this one.")))
            continue
        try:
            changed += change(deal)
        except Refused as reasons:
            refused.append((deal.title, " ".join(reasons.reasons)))
    return Stretch(len(rows), changed, refused, after(rows))
