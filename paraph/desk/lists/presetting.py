"""A person's presets of a list: save what it is narrowed to, rename, delete, open with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from paraph.kit.numbers import whole_number
from paraph.people.actions.layouts import (
    delete_preset,
    open_with_preset,
    rename_preset,
    save_preset,
)
from paraph.people.http import Request
from paraph.people.models import Preset

from .asking import Question, ask, presets_of
from .rooms import Room

MOST_LETTERS = 60


def presets(request: Request, room: Room[Any]) -> HttpResponse:
    """Manage the presets, in a dialog or on a page of its own."""
    question = ask(request, room)
    if request.method == "POST":
        _change(request, question)
        return redirect(
            question.address() if question.is_narrowed else f"{question.address()}?all=1"
        )
    context = {"question": question, "presets": presets_of(request, question.listing)}
    part = "#dialog" if request.htmx else ""
    return render(request, f"desk/lists/presets.html{part}", context)


def _change(request: Request, question: Question[Any]) -> None:
    name = request.POST.get("name", "").strip()[:MOST_LETTERS]
    if "save" in request.POST:
        return _save(request, question, name)
    preset = get_object_or_404(
        Preset.objects.filter(owner=request.user, listing=question.listing.name),
        pk=whole_number(request.POST.get("preset", "")),
    )
    if "delete" in request.POST:
        delete_preset(preset)
        messages.success(request, _("The preset “%s” is deleted.") % preset.name)
    elif "default" in request.POST:
        open_with_preset(preset, is_default=not preset.is_default)
    elif name and name != preset.name:
        rename_preset(preset, name=name)


def _save(request: Request, question: Question[Any], name: str) -> None:
    if not name:
        messages.error(request, _("Give the preset a name."))
        return
    preset = save_preset(
        request.user,
        listing=question.listing.name,
        name=name,
        criteria=question.criteria,
    )
    if "default" in request.POST:
        open_with_preset(preset, is_default=True)
    messages.success(request, _("The preset “%s” is saved.") % name)
