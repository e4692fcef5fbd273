"""Settings of the pipelines: what they are called, and the stages deals go through."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.kit.numbers import whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales import queries
from paraph.sales.actions import pipelines as acting
from paraph.sales.defaults import default_stages
from paraph.sales.models import DealStage, Pipeline

from .forms import HeirForm, PipelineForm, StageForm


@allow(Section.SETTINGS, Right.EDIT)
def pipelines(request: Request) -> HttpResponse:
    """Show every pipeline with its stages."""
    context = {"pipelines": queries.pipelines(), "form": PipelineForm(), "here": "deal-board"}
    return render(request, "desk/pipelines/list.html", context)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Make a pipeline with the usual stages, to be changed from there."""
    form = PipelineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a name."))
        return redirect("pipeline-list")
    name, stages = form.cleaned_data["name"], default_stages()
    made = acting.make_pipeline(name, stages, by=request.actor, at=request.received_at)
    return redirect("pipeline-change", made.pk)


@allow(Section.SETTINGS, Right.EDIT)
def change(request: Request, pk: int) -> HttpResponse:
    """Show one pipeline; rename it, or put its stages into another order."""
    pipeline = get_object_or_404(Pipeline, pk=pk)
    form = PipelineForm(request.POST or None, initial={"name": pipeline.name})
    if "move" in request.POST:
        return _ordered(request, pipeline)
    if form.is_valid():
        name = form.cleaned_data["name"]
        acting.rename_pipeline(pipeline, name=name, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % name)
        return redirect("pipeline-change", pk)
    stages = pipeline.stages.annotate(number=Count("deals"))
    context = {
        "pipeline": pipeline,
        "form": form,
        "stages": [(stage, _form_of(stage)) for stage in stages],
        "added": StageForm(auto_id="added-%s"),
        "here": "deal-board",
    }
    return render(
        request, "desk/pipelines/change.html", context, status=422 if form.errors else 200
    )


@allow(Section.SETTINGS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take a pipeline without deals away."""
    pipeline = get_object_or_404(Pipeline, pk=pk)
    if request.method != "POST":
        return redirect("pipeline-change", pk)
    acting.delete_pipeline(pipeline, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % pipeline.name)
    return redirect("pipeline-list")


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def add(request: Request, pk: int) -> HttpResponse:
    """Add a stage."""
    pipeline = get_object_or_404(Pipeline, pk=pk)
    form = StageForm(request.POST)
    if form.is_valid():
        acting.add_stage(pipeline, form.choice(), by=request.actor, at=request.received_at)
    else:
        messages.error(request, _("Write a name."))
    return redirect("pipeline-change", pk)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def stage(request: Request, pk: int) -> HttpResponse:
    """Give a stage another name, colour or meaning."""
    row = get_object_or_404(DealStage.objects.select_related("pipeline"), pk=pk)
    form = StageForm(request.POST)
    if form.is_valid():
        acting.edit_stage(row, form.choice(), by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % row.name)
    else:
        messages.error(request, _("Write a name."))
    return redirect("pipeline-change", row.pipeline_id)


@allow(Section.SETTINGS, Right.EDIT)
def remove(request: Request, pk: int) -> HttpResponse:
    """Ask where the deals of a stage go, then take it away."""
    row = get_object_or_404(DealStage.objects.select_related("pipeline"), pk=pk)
    form = HeirForm(request.POST or None, stage=row)
    if form.is_valid():
        heir = form.cleaned_data["heir"]
        acting.remove_stage(row, heir=heir, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is deleted.") % row.name)
        return redirect("pipeline-change", row.pipeline_id)
    context = {"stage": row, "form": form, "number": row.deals.count(), "here": "deal-board"}
    return render(request, "desk/pipelines/remove.html", context)


def _form_of(stage: DealStage) -> StageForm:
    names = ("name", "colour", "kind")
    initial = {name: getattr(stage, name) for name in names}
    return StageForm(initial=initial, auto_id=f"stage-{stage.pk}-%s")


def _ordered(request: Request, pipeline: Pipeline) -> HttpResponse:
    """Move one stage a place: ``move=-7`` up, ``move=7`` down."""
    move = request.POST["move"]
    order = list(pipeline.stages.values_list("pk", flat=True))
    named = whole_number(move.removeprefix("-"))
    if named in order:
        place = order.index(named) + (-1 if move.startswith("-") else 1)
        order.remove(named)
        order.insert(max(place, 0), named)
        acting.order_stages(pipeline, order, by=request.actor, at=request.received_at)
    return redirect("pipeline-change", pipeline.pk)
