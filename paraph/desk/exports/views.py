"""The export of contacts: at once while it is short, in the background when it is long."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from paraph.batches.actions import start_batch
from paraph.contacts.exporting.actions import note_export
from paraph.contacts.exporting.rows import chosen
from paraph.contacts.exporting.writing import Format, file_name, write_contacts
from paraph.desk.downloads import written
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.people.models import ListLayout

from .forms import ExportForm, offered

MOST_AT_ONCE = 1000
"""More contacts than that are written in the background."""


@allow(Section.CONTACTS, Right.EXPORT)
def export(request: Request) -> HttpResponseBase:
    """Ask what is wanted; then hand over the file, or begin to write it."""
    is_sent = "format" in request.POST  # else the list has posted its chosen rows
    form = ExportForm(request.POST if is_sent else None, offered=offered(request))
    if not is_sent or not form.is_valid():
        context = {"form": form, "most": MOST_AT_ONCE}
        page = "desk/exports/export.html" + ("#dialog" if request.htmx else "")
        return render(request, page, context, status=422 if form.errors else 200)
    given = _given(request, form)
    total = chosen(request.user, given).count()
    if total > MOST_AT_ONCE:
        return _in_background(request, given, total)
    note_export(given=given, rows=total, batch_id=None, owner=request.user, at=request.received_at)
    return _at_once(request, given)


def _given(request: Request, form: ExportForm) -> dict[str, Any]:
    """Put down what was chosen, as a batch keeps it."""
    layout = ListLayout.objects.filter(owner=request.user, listing="contacts").first()
    selection, format = form.chosen(), Format(form.cleaned_data["format"])
    is_visible_only = form.cleaned_data["columns"] == "visible"
    usual = ["name", "company", "position", "phone", "email", "responsible", "last_document"]
    return {
        "format": format,
        "selection": selection.to_json() if selection else None,
        "columns": ((layout and layout.columns) or usual) if is_visible_only else [],
        "sort": layout.sort if layout else "",
        "file_name": file_name(format, at=request.received_at),
    }


def _in_background(request: Request, given: dict[str, Any], total: int) -> HttpResponse:
    batch = start_batch(
        "contacts.export", given=given, total=total, owner=request.user, at=request.received_at
    )
    note_export(
        given=given, rows=total, batch_id=batch.pk, owner=request.user, at=request.received_at
    )
    return redirect("batch-detail", batch.pk)


def _at_once(request: Request, given: dict[str, Any]) -> FileResponse:
    return written(
        given["file_name"],
        by=lambda file: write_contacts(file, owner=request.user, given=given),
    )
