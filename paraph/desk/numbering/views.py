"""Series of document numbers: which there are, what comes next, which numbers were given."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.documents.actions.generating import today
from paraph.documents.actions.series import create_series, delete_series, edit_series
from paraph.documents.models import Document, Series
from paraph.documents.numbering import upcoming
from paraph.documents.refusals import CannotSaveSeries
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import SeriesForm, rule_of

_NUMBERS_SHOWN = 200


@allow(Section.SETTINGS, Right.EDIT)
def series_list(request: Request) -> HttpResponse:
    """Show every series with the number that it gives next."""
    on = today(request.received_at)
    rows = Series.objects.annotate(given=Count("issued")).order_by("name")
    context = {"rows": [(row, upcoming(row, on).text) for row in rows], "here": "template-list"}
    return render(request, "desk/numbering/list.html", context)


@allow(Section.SETTINGS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Begin a series."""
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        try:
            made = create_series(form.card(), by=request.actor, at=request.received_at)
            messages.success(request, _("%s is saved.") % made.name)
            return redirect("series-list")
        except CannotSaveSeries as refused:
            form.add_error(None, refused.reasons)
    context = {"form": form, "here": "template-list"}
    status = 422 if form.errors else 200
    return render(request, "desk/numbering/edit.html", context, status=status)


@allow(Section.SETTINGS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the rule of a series; show the numbers that it gave."""
    series = get_object_or_404(Series, pk=pk)
    form = SeriesForm(request.POST or None, initial=rule_of(series))
    if form.is_valid():
        try:
            edit_series(series, form.card(series), by=request.actor, at=request.received_at)
            messages.success(request, _("%s is saved.") % series)
            return redirect("series-list")
        except CannotSaveSeries as refused:
            form.add_error(None, refused.reasons)
    issued = list(series.issued.all()[:_NUMBERS_SHOWN])
    documents = [it.document_id for it in issued if it.document_id]
    visible = Document.objects.visible_to(request.user).filter(pk__in=documents)
    seen = set(visible.values_list("pk", flat=True))
    context = {
        "series": series,
        "form": form,
        "issued": [(it, it.document_id in seen) for it in issued],
        "here": "template-list",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/numbering/edit.html", context, status=status)


@allow(Section.SETTINGS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask first; then delete a series that gave no number."""
    series = get_object_or_404(Series, pk=pk)
    if request.method == "POST":
        delete_series(series, by=request.actor, at=request.received_at)
        messages.success(request, _("“%s” is deleted.") % series)
        return redirect("series-list")
    context = {
        "title": _("Delete “%s”?") % series,
        "text": _("It gave no number yet. This cannot be undone."),
        "label": _("Delete"),
        "back": reverse("series-edit", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)
