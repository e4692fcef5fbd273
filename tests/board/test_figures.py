"""The team's figures, against a slow count of the same that shares nothing with them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from paraph.board.figures.lines import Leg, Line, Spread
from paraph.board.figures.team import Choice, Team, team_of
from paraph.people.actions.departments import Branch, create_department
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Department, Employee, Grant, Role, RoleGiven
from paraph.signing.models import Envelope, Party
from tests.board import crowd
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

PARIS = ZoneInfo("Europe/Paris")
SIZE = 400
EVERYTHING = Choice()


@pytest.fixture
def owners(cast: Cast) -> list[Employee]:
    return crowd.fill(cast, SIZE, employees=7, seed=20260302)


def first_monday(weeks: int) -> datetime:
    noon = NOON.astimezone(PARIS)
    monday = noon - timedelta(days=noon.weekday())
    return (monday - timedelta(weeks=weeks - 1)).replace(hour=0)


def acted_at(party: Party) -> datetime | None:
    return party.signed_at or party.approved_at


def slow_lengths(envelope: Envelope, since: datetime) -> Iterable[tuple[Leg, datetime, datetime]]:
    """Yield the parts of one envelope's way that ended within the period."""
    parties = list(envelope.parties.all())
    acts = [acted for it in parties if (acted := acted_at(it))]
    steps: list[tuple[Leg, datetime | None, datetime | None]] = []
    for it in parties:
        if it.employee_id:
            steps.append((Leg.OURS, it.asked_at, acted_at(it)))
        else:
            steps += [
                (Leg.OPENING, it.asked_at, it.opened_at),
                (Leg.CLIENT, it.opened_at, acted_at(it)),
            ]
    if envelope.is_completed:
        steps.append((Leg.CLOSING, max(acts, default=None), envelope.closed_at))
        steps.append((Leg.WHOLE, envelope.sent_at, envelope.closed_at))
    for leg, begun, ended in steps:
        if begun and ended and ended >= since:
            yield leg, begun, ended


def slow_spread(lengths: Sequence[int]) -> Spread:
    ordered, number = sorted(lengths), len(lengths)
    if not number:
        return Spread(0, None, None)
    ranks = (math.ceil(0.5 * number), math.ceil(number * 9 / 10))
    median, p90 = (ordered[rank - 1] for rank in ranks)
    return Spread(number, median, p90)


def whole_seconds(begun: datetime, ended: datetime) -> int:
    return math.floor(ended.timestamp()) - math.floor(begun.timestamp())


def check_line(line: Line, envelopes: Sequence[Envelope], *, weeks: int) -> None:
    """Compare a line with what its envelopes say one by one."""
    since, soon = first_monday(weeks), NOON + timedelta(days=7)
    seen = [it for it in envelopes if it.is_open or (it.closed_at and it.closed_at >= since)]
    travelling = [it for it in envelopes if it.status == "sent" and it.deadline_at]
    sent = [it for it in envelopes if it.sent_at and it.sent_at >= since]
    assert Counter(it.standing for it in seen) == +line.standing
    late = sum(it.deadline_at <= NOON for it in travelling if it.deadline_at)
    week_ago = NOON - timedelta(days=7)
    ended = [it.closed_at for it in envelopes if it.status == "expired"]
    assert line.overdue == late + sum(it > week_ago for it in ended if it)
    assert line.due == sum(NOON < it.deadline_at <= soon for it in travelling if it.deadline_at)
    assert Counter(it.standing for it in sent) == +line.ends
    told = [each for it in envelopes for each in slow_lengths(it, since)]
    for leg in Leg:
        lengths = [whole_seconds(*ends) for it, *ends in told if it is leg]
        assert line.spread(leg) == slow_spread(lengths), leg


def members_of(department: Department, people: Iterable[Employee]) -> list[Employee]:
    path = department.path
    return [it for it in people if it.department and it.department.path.startswith(path)]


def envelopes_of(people: Iterable[Employee]) -> list[Envelope]:
    ids = [each.pk for each in people]
    return list(Envelope.objects.filter(responsible__in=ids).prefetch_related("parties"))


def team(person: Employee, choice: Choice = EVERYTHING) -> Team:
    with timezone.override(PARIS):
        return team_of(person, choice, at=NOON)


@pytest.mark.parametrize("weeks", [12, 52])
def test_every_person_is_counted_as_a_slow_count_does(
    cast: Cast, owners: list[Employee], weeks: int
) -> None:
    shown = team(cast.olga, Choice(weeks=weeks))

    assert {member.person for member in shown.members} == set(owners)
    check_line(shown.whole, envelopes_of(owners), weeks=weeks)
    for member in shown.members:
        check_line(member.line, envelopes_of([member.person]), weeks=weeks)


def test_a_department_counts_those_below_it(cast: Cast, owners: list[Employee]) -> None:
    shown = team(cast.olga)

    assert [(it.department.name, it.depth) for it in shown.branches] == [
        ("North", 0),
        ("Harbour", 1),
        ("South", 0),
    ]
    for branch in shown.branches:
        below = members_of(branch.department, owners)
        check_line(branch.line, envelopes_of(below), weeks=12)


@pytest.mark.parametrize("weeks", [12, 52])
def test_weeks_begin_on_monday_where_the_reader_is(
    cast: Cast, owners: list[Employee], weeks: int
) -> None:
    shown = team(cast.olga, Choice(weeks=weeks))

    everything = envelopes_of(owners)
    begins = [first_monday(weeks).replace(tzinfo=None) + timedelta(weeks=n) for n in range(weeks)]
    for week, begin in zip(shown.weeks, begins, strict=True):
        first, last = (it.replace(tzinfo=PARIS) for it in (begin, begin + timedelta(weeks=1)))
        sent = [it for it in everything if it.sent_at and first <= it.sent_at < last]
        signed = [it for it in everything if it.is_completed and it.closed_at]
        assert week.begins_at == first
        assert week.sent == len(sent)
        assert week.signed == sum(first <= it.closed_at < last for it in signed if it.closed_at)


def test_one_department_alone(cast: Cast, owners: list[Employee]) -> None:
    north = Department.objects.get(name="North")

    shown = team(cast.olga, Choice(department=north))

    below = members_of(north, owners)
    assert {member.person for member in shown.members} == set(below)
    check_line(shown.whole, envelopes_of(below), weeks=12)


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (Level.NONE, set()),
        (Level.OWN, {"Viewer"}),
        (Level.DEPARTMENT, {"Viewer", "North"}),
        (Level.SUBTREE, {"Viewer", "North", "Harbour"}),
        (Level.SHARED, {"Viewer", "North", "Harbour"}),
        (Level.ALL, {"Viewer", "North", "Harbour", "South"}),
    ],
)
def test_figures_reach_no_further_than_the_matrix(
    cast: Cast, owners: list[Employee], level: Level, names: set[str]
) -> None:
    viewer = owners[0]
    Employee.objects.filter(pk=viewer.pk).update(is_active=True)
    role = Role.objects.create(slug="watcher", name="Watcher")
    for section in (Section.MONITORING, Section.DOCUMENTS):
        Grant.objects.create(role=role, section=section, right=Right.VIEW, level=level)
    RoleGiven.objects.create(role=role, employee=viewer)

    shown = team(Employee.objects.get(pk=viewer.pk))

    seen = {
        "Viewer" if it.person == viewer else it.person.department.name
        for it in shown.members
        if it.person.department
    }
    assert seen == names


def test_the_figures_reach_no_further_than_the_cards_behind_them(
    cast: Cast, owners: list[Employee]
) -> None:
    role = Role.objects.create(slug="counter", name="Counter")
    Grant.objects.create(role=role, section=Section.MONITORING, right=Right.VIEW, level=Level.ALL)
    RoleGiven.objects.create(role=role, employee=owners[0])

    assert team(Employee.objects.get(pk=owners[0].pk)).members == []


def test_a_head_sees_the_whole_subtree(cast: Cast, owners: list[Employee]) -> None:
    role = Role.objects.get(slug="employee")
    RoleGiven.objects.create(role=role, employee=owners[0])
    branch = Branch("Lake", Department.objects.get(name="North"), owners[0])
    lake = create_department(branch, by=cast.olga.actor, at=NOON)
    Employee.objects.filter(pk=owners[1].pk).update(department=lake)

    shown = team(Employee.objects.get(pk=owners[0].pk))

    assert {it.person for it in shown.members} == {owners[0], owners[1]}


def test_the_number_of_queries_does_not_grow(
    cast: Cast, owners: list[Employee], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        team(Employee.objects.get(pk=cast.olga.pk))
