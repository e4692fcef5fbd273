"""Every number of the team leads to so many documents, however the board is arranged."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone

from paraph.board.figures.team import WEEKS, Choice, team_of
from paraph.board.listing import envelope_listing
from paraph.board.models import Place, Stage
from paraph.desk.team import table
from paraph.people.models import Department, Employee
from paraph.signing.models import Envelope
from tests.board import crowd
from tests.board.test_figures import PARIS
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

Number = tuple[str, int, str]


def _documents_at(address: str, person: Employee) -> int:
    """Count what the list finds at an address."""
    listing = envelope_listing(at=NOON)
    criteria = listing.criteria(QueryDict(urlsplit(address).query))
    return listing.narrow(Envelope.objects.visible_to(person), criteria).count()


def _numbers(person: Employee, choice: Choice) -> Iterator[Number]:
    """Yield each count on the page with its address; not shares, and not lengths of time."""
    team = team_of(person, choice, at=NOON)
    links = table.Links(team, choice)
    counted = {str(it.label) for it in links.figures if it.write is str}
    whole = table.Row("all", "", list(table.cells(team.whole, links)))
    for row in (whole, *table.member_rows(team, links, most=9), *table.branch_rows(team, links)):
        cells = [cell for cell in row.cells if cell.label in counted and cell.url]
        yield from ((f"{row.title}: {it.label}", int(it.text), it.url) for it in cells)
    for week in team.weeks:
        yield f"sent {week.begins_at}", week.sent, links.week(week, moment="sent")
        yield f"signed {week.begins_at}", week.signed, links.week(week, moment="closed")


def _arrange_otherwise() -> None:
    """Let one column hold what is closing and what is signed, and another what was declined."""
    signed = Stage.objects.get(usual="signed")
    said_no = Stage.objects.create(own_name="Said no", colour="red", position=9)
    Place.objects.filter(standing="closing").update(stage=signed)
    Place.objects.filter(standing="declined").update(stage=said_no)


@pytest.mark.parametrize("weeks", [WEEKS[0], WEEKS[-1]])
def test_each_number_leads_to_so_many_documents(cast: Cast, weeks: int) -> None:
    crowd.fill(cast, 300, employees=5, seed=20260302)
    _arrange_otherwise()
    north = Department.objects.get(name="North")

    with timezone.override(PARIS):
        for choice in (Choice(weeks=weeks), Choice(weeks=weeks, department=north)):
            numbers = list(_numbers(cast.olga, choice))
            wrong = [it for it in numbers if _documents_at(it[2], cast.olga) != it[1]]
            assert wrong == []
            assert any("Said no" in name for name, _number, _url in numbers)
