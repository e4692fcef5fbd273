"""The board of a pipeline: a column a stage, its deals as cards that one moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.kit.numbers import whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.sales import queries
from paraph.sales.actions.moving import move_deal
from paraph.sales.choices import Place
from paraph.sales.listing import deal_listing
from paraph.sales.models import Deal, Deals, DealStage, Pipeline

from .views import deal_of, page_of


@dataclass(frozen=True)
class Narrowed:
    """The deals that the board shows, and how it was asked for them."""

    rows: Deals
    search: str
    responsible: str

    @property
    def query(self) -> dict[str, str]:
        """Return what links and forms of the board carry along."""
        return {"q": self.search, "responsible": self.responsible}


@allow(Section.CRM, Right.VIEW)
def board(request: Request) -> HttpResponse:
    """Show one pipeline."""
    pipeline = queries.pipeline_named(request.GET.get("pipeline"))
    narrowed = _narrowed(request)
    context = _frame(request, pipeline, narrowed) | {
        "columns": queries.board(narrowed.rows, pipeline) if pipeline else [],
        "pipelines": queries.pipelines(),
        "people": Employee.objects.filter(is_active=True),
        "here": "deal-board",
    }
    part = "#columns" if request.htmx else ""
    return render(request, f"desk/deals/board.html{part}", context)


@allow(Section.CRM, Right.VIEW)
def column(request: Request, stage: int) -> HttpResponse:
    """Send the next cards of one column."""
    row = get_object_or_404(DealStage.objects.select_related("pipeline"), pk=stage)
    narrowed = _narrowed(request)
    head = queries.Head(row, 0, [])
    shown = queries.column(narrowed.rows, head, cursor=request.GET.get("cursor"))
    context = _frame(request, row.pipeline, narrowed) | {"column": shown}
    return render(request, "desk/deals/board.html#cards", context)


@require_POST
@allow(Section.CRM, Right.EDIT)
def move(request: Request, pk: int) -> HttpResponse:
    """Put a deal into a stage; the board then hears the new sums, the deal's page itself."""
    deal = deal_of(request, pk, Right.EDIT)
    before = deal.stage
    stage = _stage(request.POST.get("stage", ""))
    place = Place(stage, after=whole_number(request.POST.get("after", "")))
    move_deal(deal, place, by=request.actor, at=request.received_at)
    if request.htmx and "board" in request.POST:
        return _heads(request, [before, stage])
    if request.htmx:
        return render(request, "desk/deals/detail.html#page", page_of(request, pk))
    messages.success(
        request, _("%(deal)s is in “%(stage)s” now.") % {"deal": deal.title, "stage": stage.name}
    )
    return redirect("deal-board" if "board" in request.POST else "deal-detail", *_to(request, pk))


def _to(request: Request, pk: int) -> list[int]:
    return [] if "board" in request.POST else [pk]


def _heads(request: Request, stages: Iterable[DealStage]) -> HttpResponse:
    """Send the heads of the columns that changed; the cards lie there already."""
    rows = _narrowed(request).rows
    heads = queries.heads_of(rows, {stage.pk: stage for stage in stages}.values())
    return render(request, "desk/deals/heads.html", {"heads": heads})


def _stage(pk: str) -> DealStage:
    return get_object_or_404(DealStage.objects.select_related("pipeline"), pk=whole_number(pk))


def _narrowed(request: Request) -> Narrowed:
    given = request.POST if request.method == "POST" else request.GET
    search, responsible = given.get("q", ""), given.get("responsible", "")
    listing = deal_listing()
    # A move names a stage, too: where the card goes, not what the board is narrowed to.
    criteria = listing.criteria({"q": search, "responsible": responsible})
    rows = listing.narrow(Deal.objects.visible_to(request.user), criteria)
    return Narrowed(rows, search, responsible)


def _frame(request: Request, pipeline: Pipeline | None, narrowed: Narrowed) -> dict[str, Any]:
    return {
        "pipeline": pipeline,
        "stages": list(pipeline.stages.all()) if pipeline else [],
        "narrowed": narrowed,
        "movable": _movable(request),
    }


def _movable(request: Request) -> bool:
    """Tell whether the person may move any card; each move asks again how far."""
    return Deal.objects.visible_to(request.user, Right.EDIT).exists()
