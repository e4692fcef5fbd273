"""Settings of the board: its columns, and which standings fall in each."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.board.actions import arranging
from paraph.board.models import Place, Stage
from paraph.board.queries import stages as all_stages
from paraph.kit.numbers import whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.models import Colour
from paraph.signing.models import Standing


class StageForm(forms.Form):
    """How a column is called and marked."""

    name = forms.CharField(label=gettext_lazy("Column"), max_length=60, required=False)
    colour = forms.ChoiceField(
        label=gettext_lazy("Colour"), choices=Colour.choices, initial=Colour.TEAL
    )


@allow(Section.SETTINGS, Right.EDIT)
def stages(request: Request) -> HttpResponse:
    """Show the columns; put them into another order, or standings into another column."""
    if request.method == "POST":
        return _ordered(request) if "move" in request.POST else _placed(request)
    return _page(request, {})


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def add(request: Request) -> HttpResponse:
    """Add a column."""
    form = _form_of(None, request.POST)
    if not form.is_valid():
        return _page(request, {None: form}, status=422)
    arranging.add_stage(**form.cleaned_data, by=request.actor, at=request.received_at)
    messages.success(request, _("The column is there. Choose below what falls in it."))
    return redirect("board-stages")


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def change(request: Request, pk: int) -> HttpResponse:
    """Give a column another name or colour."""
    stage = get_object_or_404(Stage, pk=pk)
    form = _form_of(stage, request.POST)
    if not form.is_valid():
        return _page(request, {stage: form}, status=422)
    arranging.edit_stage(stage, **form.cleaned_data, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is saved.") % stage.name)
    return redirect("board-stages")


@allow(Section.SETTINGS, Right.EDIT)
def merge(request: Request, pk: int) -> HttpResponse:
    """Ask which column takes over what falls in this one; then take it away."""
    stage = get_object_or_404(Stage.objects.prefetch_related("places"), pk=pk)
    others = Stage.objects.exclude(pk=pk)
    if request.method == "POST":
        heir = get_object_or_404(others, pk=whole_number(request.POST.get("heir", "")) or 0)
        name = stage.name
        arranging.merge_stage(stage, heir=heir, by=request.actor, at=request.received_at)
        said = _("%(gone)s is merged with %(heir)s.")
        messages.success(request, said % {"gone": name, "heir": heir.name})
        return redirect("board-stages")
    held = [Standing(it).label for it in stage.standings]
    context = {"stage": stage, "others": others, "held": held, "here": "board"}
    return render(request, "desk/board/merge.html", context)


def _page(
    request: Request, refused: Mapping[Stage | None, StageForm], *, status: int = 200
) -> HttpResponse:
    """Show all columns; what was refused of one, or of the new one, as it was typed."""
    places = dict(Place.objects.values_list("standing", "stage"))
    context = {
        "stages": [(stage, refused.get(stage) or _form_of(stage)) for stage in all_stages()],
        "places": [(it, Standing(it).label, places.get(it)) for it in Standing.values],
        "added": refused.get(None) or _form_of(None),
        "here": "board",
    }
    return render(request, "desk/board/stages.html", context, status=status)


def _form_of(stage: Stage | None, typed: Mapping[str, object] | None = None) -> StageForm:
    """Return the form of a column, or of a new one."""
    if stage is None:
        return StageForm(typed, auto_id="added-%s")
    initial = {"name": stage.name, "colour": stage.colour}
    return StageForm(typed, initial=initial, auto_id=f"stage-{stage.pk}-%s")


def _ordered(request: Request) -> HttpResponse:
    """Move one column a place: ``move=-7`` to the front, ``move=7`` to the end."""
    move = request.POST["move"]
    order = [stage.pk for stage in all_stages()]
    named = whole_number(move.removeprefix("-"))
    if named in order:
        place = order.index(named) + (-1 if move.startswith("-") else 1)
        order.remove(named)
        order.insert(max(place, 0), named)
        arranging.order_stages(order, by=request.actor, at=request.received_at)
    return redirect("board-stages")


def _placed(request: Request) -> HttpResponse:
    """Put each standing where the form says."""
    stages = {str(stage.pk): stage for stage in all_stages()}
    for standing in Standing:
        if into := stages.get(request.POST.get(standing.value, "")):
            arranging.place_standing(standing, into=into, by=request.actor, at=request.received_at)
    messages.success(request, _("Kept."))
    return redirect("board-stages")
