"""One's background work: the list, progress and report of each, cancel, undo, download."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.batches.actions import cancel_batch, undo_batch
from paraph.batches.models import Batch
from paraph.desk import downloads
from paraph.kit import files
from paraph.kit.paging import Keyset
from paraph.kit.tables import csv_lines
from paraph.people.access import signed_in
from paraph.people.http import Request

NEWEST_FIRST = Keyset(("id",), descending=True)
PAGE_SIZE = 40
REFUSED_SHOWN = 100
FIRST_MINUTE = timedelta(minutes=1)


@signed_in
def batch_list(request: Request) -> HttpResponse:
    """List one's own background work: what is going on first, then what has ended."""
    mine = Batch.objects.visible_to(request.user)
    cursor = request.GET.get("cursor")
    page = NEWEST_FIRST.page(mine.ended(), cursor=cursor, size=PAGE_SIZE)
    context = {
        "running": [] if cursor else list(mine.open()),
        "page": page,
        "next": page.next and f"?cursor={page.next}",
        "previous": page.previous and f"?cursor={page.previous}",
    }
    part = "#running" if request.htmx else ""
    return render(request, f"desk/batches/list.html{part}", context)


@signed_in
def detail(request: Request, pk: int) -> HttpResponse:
    """Show how far it is, and at the end its report; a poll gets the progress alone."""
    batch = _batch(request, pk)
    if (page := batch.given.get("page")) and not request.htmx:
        return redirect(page)
    return show(request, batch, "desk/batches/detail.html", {})


def show(
    request: Request, batch: Batch, template: str, context: dict[str, object]
) -> HttpResponse:
    """Answer with a page about a batch. When a poll finds it ended, the whole page comes anew."""
    if request.htmx and not batch.is_open:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    told = facts_of(batch, at=request.received_at) | context
    page = "desk/batches/detail.html#progress" if request.htmx else template
    return render(request, page, told)


def facts_of(batch: Batch, *, at: datetime) -> dict[str, object]:
    """Return what the pages about a batch show."""
    refusals = list(batch.refusals.all()[: REFUSED_SHOWN + 1])
    return {
        "batch": batch,
        "cancel_words": cancel_text(batch),
        "every": 1 if at - batch.started_at < FIRST_MINUTE else 3,
        "refusals": refusals[:REFUSED_SHOWN],
        "more_refusals": len(refusals) > REFUSED_SHOWN,
        "is_swept": bool(batch.kept_until and batch.kept_until < at),
    }


@signed_in
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask first; then stop it after the stretch at hand."""
    batch = _batch(request, pk)
    if request.method == "POST":
        cancel_batch(batch, by=request.actor, at=request.received_at)
        return redirect("batch-detail", pk)
    context = {
        "title": _("Cancel “%s”?") % batch.title,
        "text": cancel_text(batch),
        "label": _("Cancel it"),
        "back": reverse("batch-detail", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)


def cancel_text(batch: Batch) -> str:
    """Say what cancelling leaves behind."""
    if batch.is_whole:
        return _("It stops, and what it has done so far is taken back.")
    if batch.writes_a_file:
        return _("It stops, and there will be no file.")
    return _("It stops. What it has done so far stays done.")


@signed_in
def undo(request: Request, pk: int) -> HttpResponse:
    """Ask first; then take back what it has changed."""
    batch = _batch(request, pk)
    if request.method == "POST":
        undo_batch(batch, by=request.actor, at=request.received_at)
        return redirect("batch-detail", pk)
    context = {
        "title": _("Undo “%s”?") % batch.title,
        "text": _(
            "What it has changed becomes as it was, except where somebody changed it since."
        ),
        "label": _("Undo it"),
        "back": reverse("batch-detail", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)


@signed_in
def download(request: Request, pk: int) -> FileResponse:
    """Hand the finished file to whoever ordered it, and to nobody else."""
    batch = _batch(request, pk)
    if not batch.file:
        raise Http404
    return downloads.download(files.open_file(batch.file), batch.file_name)


@signed_in
def refused(request: Request, pk: int) -> HttpResponseBase:
    """Download every row that was left as it was, and why."""
    batch = _batch(request, pk)
    return StreamingHttpResponse(
        csv_lines(_refused_rows(batch), language=request.user.language),
        content_type=downloads.TYPES[".csv"],
        headers={"Content-Disposition": 'attachment; filename="refused.csv"'},
    )


def _refused_rows(batch: Batch) -> Iterator[list[str]]:
    yield [_("Row"), _("Reason")]
    for refusal in batch.refusals.iterator(chunk_size=2000):
        yield [refusal.what, refusal.why]


def _batch(request: Request, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
