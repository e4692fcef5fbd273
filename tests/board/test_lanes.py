"""A board in lanes: every card in the lane of whose it is, and nobody sees more than without."""

import pytest
from django.test import Client

from paraph.board.actions.viewing import see_lanes
from paraph.board.lanes import Lane, in_lane, lanes_of
from paraph.board.listing import envelope_listing
from paraph.board.models import LaneChoice, Lanes
from paraph.board.reading import Reading
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Department, Employee, Grant, Role, RoleGiven
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _belong(person: Employee, department: Department) -> None:
    person.department = department
    person.save(update_fields=["department"])


def _names(person: Employee, by: Lanes, **criteria: list[str]) -> list[str]:
    return [it.name for it in lanes_of(Reading(person, envelope_listing(at=NOON), criteria), by)]


def test_lanes_are_of_those_whose_cards_are_there(cast: Cast) -> None:
    make.draft(cast, title="Lamps")
    olga = make.draft(cast, title="Chairs")
    Envelope.objects.filter(pk=olga.pk).update(responsible=cast.olga)
    sales = Department.objects.create(name="Sales", path="1/")
    _belong(cast.alice, sales)

    assert _names(cast.olga, Lanes.RESPONSIBLE) == ["Olga Nowak", "Alice Martin"]
    assert _names(cast.alice, Lanes.RESPONSIBLE) == ["Alice Martin"]
    assert _names(cast.olga, Lanes.RESPONSIBLE, q=["chairs"]) == ["Olga Nowak"]
    assert _names(cast.olga, Lanes.DEPARTMENT) == ["No department", "Sales"]
    assert _names(cast.mallory, Lanes.RESPONSIBLE) == []


@pytest.mark.parametrize("by", Lanes)
def test_together_the_lanes_hold_every_card_once(cast: Cast, by: Lanes) -> None:
    for number in range(4):
        row = make.draft(cast, title=f"Draft {number}")
        Envelope.objects.filter(pk=row.pk).update(
            responsible=[cast.alice, cast.olga, cast.erin, cast.erin][number]
        )
    _belong(cast.erin, Department.objects.create(name="Sales", path="1/"))
    whole = Reading(cast.olga, envelope_listing(at=NOON), {})

    found = [
        card.title
        for lane in lanes_of(whole, by)
        for card in _of(cast.olga, lane, by).column(["draft"]).envelopes
    ]

    assert sorted(found) == [f"Draft {number}" for number in range(4)]


def test_what_is_shared_has_its_owners_lane_where_much_fits(cast: Cast) -> None:
    make.draft(cast, title="Lamps")
    row = make.draft(cast, title="Chairs")
    Envelope.objects.filter(pk=row.pk).update(responsible=cast.olga, is_shared=True)
    role = Role.objects.create(slug="onlooker", name="Onlooker")
    section, right = Section.DOCUMENTS, Right.VIEW
    Grant.objects.create(role=role, section=section, right=right, level=Level.SHARED)
    RoleGiven.objects.create(role=role, employee=cast.mallory)

    much = Reading(cast.mallory, envelope_listing(at=NOON), {}, cap=0)

    assert [lane.name for lane in lanes_of(much, Lanes.RESPONSIBLE)] == [cast.olga.name]


def _of(person: Employee, lane: Lane, by: Lanes) -> Reading:
    return Reading(person, envelope_listing(at=NOON), {}, lane=in_lane(lane.key, by))


def test_a_lane_is_opened_and_its_changes_are_told(client: Client, cast: Cast) -> None:
    make.draft(cast, title="Lamps")
    client.force_login(cast.alice)
    client.post("/board/lanes/", {"by": "responsible"})

    page = client.get("/board/?all=1").content.decode()
    assert f'data-lane="{cast.alice.pk}"' in page
    assert "Lamps" not in page
    assert (
        "Lamps" in client.get(f"/board/lane/?lane={cast.alice.pk}", headers=HTMX).content.decode()
    )
    alone = client.get(f"/board/lane/?lane={cast.alice.pk}", follow=True).content.decode()
    assert "Lamps" in alone
    assert (
        "Lamps"
        not in client.get(f"/board/lane/?lane={cast.olga.pk}", headers=HTMX).content.decode()
    )

    make.draft(cast, title="Chairs")
    told = client.get("/board/changes/?seen=1-1", headers=HTMX).content.decode()
    assert f'data-of="{cast.alice.pk}"' in told
    assert f'id="count-{cast.alice.pk}-' in told


def test_lanes_are_laid_aside_again(client: Client, cast: Cast) -> None:
    see_lanes(cast.alice, Lanes.DEPARTMENT)
    client.force_login(cast.alice)

    client.post("/board/lanes/", {"by": ""})

    assert not LaneChoice.objects.exists()
    assert client.get("/board/lane/?lane=1", headers=HTMX).status_code == 404
