"""The team's figures on a page, and as a file."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from paraph.board.figures.lines import Line, Week
from paraph.board.figures.team import Choice, Team, team_of
from paraph.desk.downloads import written
from paraph.kit.listing_files import FORMATS, write_list
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from . import plots, table
from .asking import ChoiceForm
from .exporting import columns, file_rows

MOST = 100
"""So many people are shown; the others are in the file, and under their departments."""


@allow(Section.MONITORING, Right.VIEW)
def team(request: Request) -> HttpResponse:
    """Show the figures of everybody within the reader's reach."""
    form = ChoiceForm(request)
    choice = form.choice()
    figures = team_of(request.user, choice, at=request.received_at)
    query = request.GET.urlencode()
    context = {"form": form, "choice": choice, "team": figures, "query": query}
    return render(request, "desk/team/team.html", context | _shown(figures, choice))


def _shown(figures: Team, choice: Choice) -> dict[str, object]:
    links = table.Links(figures, choice)
    weeks = figures.weeks
    return {
        "whole": list(table.cells(figures.whole, links)),
        "members": table.member_rows(figures, links, most=MOST),
        "more": max(len(figures.members) - MOST, 0),
        "branches": table.branch_rows(figures, links),
        "heads": [str(each.label) for each in links.figures],
        "trends": [
            plots.trend(weeks, name="wide", width=720, labels=13),
            plots.trend(weeks, name="narrow", width=340, labels=5),
        ],
        "weeks": [(plots.day_words(it), it, _week_urls(it, links)) for it in weeks],
        "parts": [(it, _part_url(it, links)) for it in plots.parts(figures.whole)],
        "stretches": plots.stretches(figures.whole),
        "is_empty": _is_empty(figures.whole),
    }


def _is_empty(line: Line) -> bool:
    return not (line.sent or line.standing.total())


def _week_urls(week: Week, links: table.Links) -> tuple[str, str]:
    return links.week(week, moment="sent"), links.week(week, moment="closed")


def _part_url(part: plots.Part, links: table.Links) -> str:
    standings = [it.value for it in plots.OPEN_ENDS] if part.name == "open" else [part.name]
    return links.to({"standing": standings}, of_period="sent") if part.number else ""


@allow(Section.MONITORING, Right.EXPORT)
def export(request: Request) -> FileResponse:
    """Hand over the figures of every person and department as a table."""
    choice = ChoiceForm(request).choice()
    figures = team_of(request.user, choice, at=request.received_at, right=Right.EXPORT)
    asked = request.GET.get("format", "")
    ending = asked if asked in FORMATS else FORMATS[0]
    rows, language = file_rows(figures), request.user.language
    name = f"team-{timezone.localdate(request.received_at).isoformat()}.{ending}"
    return written(
        name, by=lambda file: write_list(file, rows, columns(), format=ending, language=language)
    )
