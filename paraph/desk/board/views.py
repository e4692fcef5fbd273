"""The board: every document's stage at a glance; it follows what happens without a reload."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.views.decorators.http import require_POST

from paraph.board.actions.viewing import see_everything, see_lanes, see_stage
from paraph.board.models import Lanes, Sight, Stage
from paraph.board.pulse import pulse, touched_since
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .page import BoardPage
from .room import BOARD

VERSION = "Paraph-Version"
MOST_ALSO = 50
MOST_HERE = 600


@allow(Section.DOCUMENTS, Right.VIEW)
def board(request: Request) -> HttpResponse:
    """Show all columns; with ``card``, the quick look at one beside them."""
    page = BoardPage(request)
    if not request.GET and not request.htmx and (usual := page.usual_address):
        return redirect(usual)
    part = "#columns" if request.htmx else ""
    return render(request, f"desk/board/board.html{part}", {"board": page})


@allow(Section.DOCUMENTS, Right.VIEW)
def changes(request: Request) -> HttpResponse:
    """Send the cards that something has happened to; 204 while nothing has.

    ``seen`` is the version that the page shows; ``also`` names cards whose deadline passed, and
    ``here`` those that it shows: of no others is it told that they are not on this board.
    """
    now, seen = pulse(), request.GET.get("seen", "")
    also = _named(request, "also")[:MOST_ALSO]
    if str(now) == seen and not also:
        return HttpResponse(status=204)
    touched = touched_since(seen, now=now)
    if touched is not None and not touched and not also:
        return HttpResponse(status=204, headers={VERSION: str(now)})
    page = BoardPage(request)
    keys = None if touched is None else touched.union(also)
    shown = page.changes(keys, here=_named(request, "here")[:MOST_HERE])
    context = {"board": page, "changes": shown}
    response = render(request, "desk/board/changes.html", context)
    response[VERSION] = str(now)
    return response


@allow(Section.DOCUMENTS, Right.VIEW)
def column(request: Request, stage: int) -> HttpResponse:
    """Send the next cards of one column."""
    page, row = BoardPage(request), _stage(stage)
    shown = page.column(row, cursor=request.GET.get("cursor"))
    context = {"board": page, "column": shown}
    return render(request, "desk/board/board.html#cards", context)


@allow(Section.DOCUMENTS, Right.VIEW)
def count(request: Request, stage: int) -> HttpResponse:
    """Count a column to the end, where somebody wants to know."""
    number = BoardPage(request).reading.count(_stage(stage).standings)
    return HttpResponse(number_format(number, use_l10n=True, force_grouping=True))


@allow(Section.DOCUMENTS, Right.VIEW)
def lanes(request: Request) -> HttpResponse:
    """Send the next lanes; or let the cards lie in others from now on, for oneself."""
    if request.method == "POST":
        by = request.POST.get("by", "")
        see_lanes(request.user, Lanes(by) if by in Lanes.values else None)
        return _seen_anew(request)
    return render(request, "desk/board/lanes.html", {"board": BoardPage(request)})


@allow(Section.DOCUMENTS, Right.VIEW)
def lane(request: Request) -> HttpResponse:
    """Send the columns of one lane; without script the board opens with it alone."""
    if not request.htmx:
        return redirect(f"{reverse(BOARD.address)}?all=1&{request.GET.urlencode()}")
    page = BoardPage(request)
    if page.lane is None:
        raise Http404
    return render(request, "desk/board/lane.html", {"board": page, "lane": page.lane})


@require_POST
@allow(Section.DOCUMENTS, Right.VIEW)
def sight(request: Request, stage: int) -> HttpResponse:
    """Fold, hide or open a column, for oneself; ``stage`` 0 opens all of them."""
    wanted = request.POST.get("sight", "")
    if stage == 0:
        see_everything(request.user)
    else:
        seen = Sight(wanted) if wanted in Sight.values else None
        see_stage(request.user, _stage(stage), sight=seen)
    return _seen_anew(request)


def _seen_anew(request: Request) -> HttpResponse:
    """Show the board, searched and narrowed as it was, in the way that was chosen for it."""
    if request.htmx:
        page = BoardPage(request, sent=request.POST)
        return render(request, "desk/board/board.html#sight", {"board": page})
    narrowed = request.GET.urlencode()
    return redirect(f"{reverse(BOARD.address)}?{narrowed}" if narrowed else BOARD.address)


def _named(request: Request, name: str) -> list[int]:
    """Return the keys of rows that the address names, apart by commas."""
    keys = (key_of_row(it) for it in request.GET.get(name, "").split(","))
    return [key for key in keys if key]


def _stage(pk: int) -> Stage:
    return get_object_or_404(Stage.objects.prefetch_related("places"), pk=pk)
