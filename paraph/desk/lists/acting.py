"""Group actions: asked about first, done at once for a few rows and in the background for many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from paraph.batches.actions import advance_batch, begin_batch, start_batch
from paraph.batches.models import Batch
from paraph.kit.listing import Selection
from paraph.people.access import Right
from paraph.people.http import Request

from .asking import address_with, query_of, selection_of
from .rooms import Asked, GroupAction, Room, may

AT_ONCE = 200
"""So many rows are done while the person waits."""


@require_POST
def act(request: Request, room: Room[Any], action: str) -> HttpResponse:
    """Ask what a group action needs to know; when that is answered, do it."""
    wanted = room.action(action)
    if not wanted or not may(request.user, wanted.allow):
        raise Http404
    listing = room.listing()
    selection = selection_of(request, listing)
    rows = listing.selected(room.rows(request.user, Right.VIEW), selection)
    total = rows.order_by().count()
    if total < wanted.least:
        messages.error(request, _too_few(wanted))
        return _leave(request, _back(request, room))
    if wanted.address:
        return redirect(address_with(wanted.address, selection))
    form = wanted.form(
        request.POST if "confirmed" in request.POST else None, person=request.user, prefix="do"
    )
    if form.is_valid():
        given = {"selection": selection.to_json(), "until": _last(rows), **form.given()}
        return _do(request, room, wanted, given=given, total=total)
    return _asked(request, room, wanted, form=form, total=total)


def _asked(
    request: Request, room: Room[Any], action: GroupAction, *, form: Asked, total: int
) -> HttpResponse:
    context = {
        "action": action,
        "form": form,
        "total": total,
        "posted": _carried(request),
        "back": _back(request, room),
        "room": room,
    }
    part = "#dialog" if request.htmx else ""
    status = 422 if form.errors else 200
    return render(request, f"desk/lists/act.html{part}", context, status=status)


def _do(
    request: Request, room: Room[Any], action: GroupAction, *, given: dict[str, Any], total: int
) -> HttpResponse:
    begin = begin_batch if total <= AT_ONCE else start_batch
    batch = begin(
        action.kind, given=given, total=total, owner=request.user, at=request.received_at
    )
    if total > AT_ONCE:
        messages.success(request, _("It goes on in the background. A letter tells you the end."))
        return redirect("batch-detail", batch.pk)
    _finish(batch, at=request.received_at)
    if batch.refused or not batch.changed:
        return redirect("batch-detail", batch.pk)
    messages.success(request, _told(batch))
    return redirect(_back(request, room))


def _finish(batch: Batch, *, at: datetime) -> None:
    while advance_batch(batch, at=at):
        pass


def _told(batch: Batch) -> str:
    """Say what was done; where it can be taken back, lead there."""
    done = ngettext("%(title)s: %(count)s row.", "%(title)s: %(count)s rows.", batch.changed) % {
        "title": batch.title,
        "count": batch.changed,
    }
    if not batch.can_be_undone:
        return done
    where = reverse("batch-undo", args=[batch.pk])
    return format_html('{} <a href="{}">{}</a>', done, where, _("Undo"))


def _too_few(action: GroupAction) -> str:
    if action.least > 1:
        return _("Choose at least two rows first.")
    return _("Choose at least one row first.")


def _carried(request: Request) -> list[tuple[str, str]]:
    """Return what the list's form said, for the form that asks on."""
    left_out = ("csrfmiddlewaretoken", "confirmed")
    return [
        (key, str(value))
        for key, values in request.POST.lists()
        for value in values
        if key not in left_out and not key.startswith("do-")
    ]


def _back(request: Request, room: Room[Any]) -> str:
    criteria = room.listing().criteria(request.POST)
    return f"{reverse(room.address)}?{query_of(criteria) or 'all=1'}"


def _leave(request: Request, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _last(rows: QuerySet[Any]) -> int:
    """Return the newest row's key: rows that come later were not chosen."""
    return int(rows.order_by().aggregate(last=Max("pk"))["last"] or 0)


def chosen(batch: Batch) -> Selection:
    """Return what a batch was given to work on."""
    return Selection.from_json(batch.given["selection"])
