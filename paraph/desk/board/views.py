"""The board: every document's stage at a glance; it follows what happens without a reload."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render

from paraph.board import queries
from paraph.board.stages import Stage
from paraph.desk.timelines import newest_fact
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request


@allow(Section.DOCUMENTS, Right.VIEW)
def board(request: Request) -> HttpResponse:
    """Show all columns; a poll with the newest version answers 204 while nothing happened."""
    version = _version(request.received_at)
    if request.htmx and request.GET.get("seen") == version:
        return HttpResponse(status=204)
    search = request.GET.get("q", "")
    columns = queries.board(request.user, search=search, at=request.received_at)
    context = {"columns": columns, "search": search, "version": version}
    part = "#columns" if request.htmx else ""
    return render(request, f"desk/board/board.html{part}", context)


@allow(Section.DOCUMENTS, Right.VIEW)
def column(request: Request, stage: str) -> HttpResponse:
    """Send the next cards of one column."""
    if stage not in Stage.values:
        raise Http404
    search = request.GET.get("q", "")
    shown = queries.column(
        request.user,
        Stage(stage),
        search=search,
        cursor=request.GET.get("cursor"),
        at=request.received_at,
    )
    context = {"column": shown, "search": search}
    return render(request, "desk/board/board.html#cards", context)


def _version(at: datetime) -> str:
    """Name what the board shows: it changes with every fact, and each minute what is overdue."""
    return f"{newest_fact()}-{int(at.timestamp()) // 60}"
