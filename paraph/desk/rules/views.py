"""The rules of stages: listed as sentences, written, tried, switched."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.board.actions import ruling
from paraph.board.history import MOST_TRIED, occasions
from paraph.board.models import StageRule
from paraph.board.refusals import CannotKeepRule
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import RuleForm
from .sentences import sentence_of

TRIED_DAYS = 30
MOST_SHOWN = 200


@allow(Section.SETTINGS, Right.EDIT)
def rules(request: Request) -> HttpResponse:
    """Show every rule as a sentence."""
    rows = _rules().annotate(number=Count("runs"))
    context = {"rules": [(rule, sentence_of(rule)) for rule in rows], "here": "board"}
    return render(request, "desk/rules/list.html", context)


@allow(Section.SETTINGS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Write a new rule."""
    return _written(request, StageRule())


@allow(Section.SETTINGS, Right.EDIT)
def change(request: Request, pk: int) -> HttpResponse:
    """Write a rule anew."""
    return _written(request, get_object_or_404(_rules(), pk=pk))


@allow(Section.SETTINGS, Right.EDIT)
def attempt(request: Request, pk: int) -> HttpResponse:
    """List what a rule would have done in the last thirty days, without doing any of it."""
    rule, at = get_object_or_404(_rules(), pk=pk), request.received_at
    found = occasions(rule, since=at - timedelta(days=TRIED_DAYS), at=at)
    context = {
        "rule": rule,
        "sentence": sentence_of(rule),
        "number": len(found),
        "occasions": found[:MOST_SHOWN],
        "most": MOST_TRIED,
        "here": "board",
    }
    return render(request, "desk/rules/try.html", context)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def switch(request: Request, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    rule = get_object_or_404(StageRule, pk=pk)
    is_on = request.POST.get("on") == "1"
    ruling.switch_rule(rule, is_on=is_on, by=request.actor, at=request.received_at)
    return redirect("rule-list")


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Take a rule away."""
    rule = get_object_or_404(StageRule, pk=pk)
    ruling.delete_rule(rule, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % rule.name)
    return redirect("rule-list")


def _written(request: Request, rule: StageRule) -> HttpResponse:
    """Show the form, or keep what it says and lead on to the try."""
    form = RuleForm(request.POST or None, rule=rule)
    if form.is_valid():
        try:
            kept = ruling.keep_rule(form.rule(), by=request.actor, at=request.received_at)
        except CannotKeepRule as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("%s is saved.") % kept.name)
            return redirect("rule-try", kept.pk)
    context = {"form": form, "rule": rule, "here": "board"}
    return render(request, "desk/rules/edit.html", context, status=422 if form.errors else 200)


def _rules() -> QuerySet[StageRule]:
    rows = StageRule.objects.select_related("stage", "template", "person", "deal_stage__pipeline")
    return rows.prefetch_related("stage__places")
