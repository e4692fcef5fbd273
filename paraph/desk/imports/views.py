"""The way of a file into the directory, step by step; what is short happens while one waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.batches.actions import advance_batch
from paraph.batches.models import Batch
from paraph.contacts.importing.actions import (
    begin_import,
    choose_columns,
    start_check,
    start_import,
)
from paraph.contacts.importing.intake import CannotRead, plain_name, take_in
from paraph.contacts.importing.models import Import, StagedRow, Verdict
from paraph.contacts.importing.records import records_at
from paraph.desk.batches.views import show
from paraph.desk.downloads import TYPES
from paraph.kit.tables import csv_lines
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import ColumnsForm, FileForm


@dataclass(frozen=True)
class Step:
    """A step of the wizard, as the bar of steps shows it."""

    label: str
    state: str
    url: str = ""


@allow(Section.CONTACTS, Right.CREATE)
def upload(request: Request) -> HttpResponse:
    """Take a file in; what cannot be read is refused beside the field."""
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if form.is_valid() and (given := _taken(request, form)):
        return redirect("import-columns", given.pk)
    context = {
        "form": form,
        "steps": _steps(None, 0),
        "latest": Import.objects.visible_to(request.user)[:5],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/imports/upload.html", context, status=status)


@allow(Section.CONTACTS, Right.CREATE)
def columns(request: Request, pk: int) -> HttpResponse:
    """Ask what the columns mean, then have every row checked."""
    given = _import(request, pk)
    if not given.records:
        raise Http404
    form = ColumnsForm(request.POST or None, given=given)
    if form.is_valid():
        choose_columns(given, **form.choices())
        _work_if_short(start_check(given, at=request.received_at), request)
        return redirect("import-detail", pk)
    context = {"given": given, "form": form, "steps": _steps(given, 1)}
    status = 422 if form.errors else 200
    return render(request, "desk/imports/columns.html", context, status=status)


@allow(Section.CONTACTS, Right.CREATE)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show where the import stands: the check, the import, or its report."""
    given = _import(request, pk)
    if given.batch:
        context = {"given": given, "steps": _steps(given, 3)}
        return show(request, given.batch, "desk/imports/report.html", context)
    if not given.check_batch:
        return redirect("import-columns", pk)
    context = {"given": given, "steps": _steps(given, 2), **_found(given)}
    context["refused_url"] = reverse("import-refused", args=[pk])
    return show(request, given.check_batch, "desk/imports/check.html", context)


@require_POST
@allow(Section.CONTACTS, Right.CREATE)
def run(request: Request, pk: int) -> HttpResponse:
    """Bring the checked rows in."""
    given = _import(request, pk)
    _work_if_short(start_import(given, at=request.received_at), request)
    return redirect("import-detail", pk)


@allow(Section.CONTACTS, Right.CREATE)
def refused(request: Request, pk: int) -> HttpResponseBase:
    """Download the refused rows as they stood in the file, each with its line and reason."""
    given = _import(request, pk)
    if not given.records:
        raise Http404
    return StreamingHttpResponse(
        csv_lines(_refused_rows(given), language=request.user.language),
        content_type=TYPES[".csv"],
        headers={"Content-Disposition": 'attachment; filename="refused.csv"'},
    )


def _refused_rows(given: Import) -> Iterator[list[str]]:
    rows = StagedRow.objects.filter(of=given, verdict=Verdict.REFUSED)
    places = list(rows.values_list("offset", "line", "why"))
    heading = given.heading
    yield [*heading, _("Line"), _("Reason")]
    cells = records_at(given.records, (offset for offset, _line, _why in places))
    for record, (_offset, line, why) in zip(cells, places, strict=True):
        padded = record + [""] * (len(heading) - len(record))
        yield [*padded, str(line), why]


def _found(given: Import) -> dict[str, object]:
    """Count what the check has found."""
    rows = StagedRow.objects.filter(of=given)
    new, same, refused = (
        rows.filter(verdict=verdict).count()
        for verdict in (Verdict.NEW, Verdict.SAME, Verdict.REFUSED)
    )
    changes = 0 if given.duplicates == "skip" else same
    return {"new": new, "same": same, "refused_rows": refused, "to_import": new + changes}


def _taken(request: Request, form: FileForm) -> Import | None:
    """Return the new import, or nothing after telling the form why there is none."""
    file = form.cleaned_data["file"]
    try:
        found = take_in(file.read())
        name = plain_name(file.name)
        return begin_import(found, file_name=name, owner=request.user, at=request.received_at)
    except CannotRead as refused:
        form.add_error("file", refused.reasons)
        return None


def _work_if_short(batch: Batch, request: Request) -> None:
    while batch.is_quiet and advance_batch(batch, at=request.received_at):
        pass


def _steps(given: Import | None, here: int) -> list[Step]:
    labels = (_("File"), _("Columns"), _("Check"), _("Import"))
    urls = [reverse("import-new"), "", "", ""]
    is_over = bool(given and given.batch and not given.batch.is_open)
    if given and not given.batch:
        urls[1:3] = [reverse("import-columns", args=[given.pk]), ""]
    states = ["done" if number < here else "ahead" for number in range(4)]
    states[here] = "done" if is_over else "current"
    return [Step(*each) for each in zip(labels, states, urls, strict=True)]


def _import(request: Request, pk: int) -> Import:
    rows = Import.objects.visible_to(request.user).select_related("batch", "check_batch", "owner")
    return get_object_or_404(rows, pk=pk)
