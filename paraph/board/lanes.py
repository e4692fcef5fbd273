"""The lanes of a board: its cards, apart by who is responsible for them or by department."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from paraph.kit.numbers import key_of_row
from paraph.people.access import Level, Right, Section, colleagues, reach
from paraph.people.models import Department, Employee
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope

from .models import Lanes
from .reading import Reading

NOBODY = 0
"""The key of the lane of those who belong to no department."""


@dataclass(frozen=True)
class Lane:
    """One lane: whose cards lie in it."""

    key: int
    name: str


def lanes_of(reading: Reading, by: Lanes) -> list[Lane]:
    """Return the lanes of what somebody may see and asks for, their own first.

    Where much fits, lanes that turn out empty may be among them.
    """
    owners = _owners(reading)
    found = _departments(owners) if by is Lanes.DEPARTMENT else _people(owners)
    own = lane_key(reading.person, by)
    return sorted(found, key=lambda lane: lane.key != own)


def lane_key(owner: Employee, by: Lanes) -> int:
    """Return the lane in which somebody's cards lie."""
    return (owner.department_id or NOBODY) if by is Lanes.DEPARTMENT else owner.pk


def in_lane(key: int, by: Lanes) -> Q:
    """Return which envelopes lie in a lane."""
    if by is Lanes.RESPONSIBLE:
        return Q(responsible=key)
    members = Employee.objects.filter(department=key or None).order_by()
    return Q(responsible__in=members.values("pk"))


def lane_at(asked: str, by: Lanes) -> Lane | None:
    """Return the lane that an address names, if there is one."""
    if asked == str(NOBODY) and by is Lanes.DEPARTMENT:
        return Lane(NOBODY, _("No department"))
    rows: QuerySet[Department] | QuerySet[Employee]
    rows = Department.objects.all() if by is Lanes.DEPARTMENT else Employee.objects.all()
    found = rows.filter(pk=key_of_row(asked)).first()
    return Lane(found.pk, found.name) if found else None


def _owners(reading: Reading) -> QuerySet[Employee]:
    """Return whose envelopes are on the board: exactly, where these are few."""
    people = Employee.objects.order_by("last_name", "first_name", "pk")
    if (few := reading.few()) is not None:
        return people.filter(pk__in=few.order_by().values("responsible"))
    theirs = Envelope.objects.filter(responsible=OuterRef("pk"))
    level = reach(reading.person, Section.DOCUMENTS, Right.VIEW)
    if level is Level.ALL:
        return people.filter(Exists(theirs))
    near = colleagues(reading.person, level).order_by().values("pk")
    asked = Envelope.objects.filter(parties__employee=reading.person).exclude(status=Status.DRAFT)
    owners = Q(Exists(theirs), pk__in=near) | Q(pk__in=asked.order_by().values("responsible"))
    if level >= Level.SHARED:
        shared = Envelope.objects.filter(is_shared=True)
        owners |= Q(pk__in=shared.order_by().values("responsible"))
    return people.filter(owners)


def _people(owners: QuerySet[Employee]) -> Iterator[Lane]:
    for pk, first, last in owners.values_list("pk", "first_name", "last_name"):
        yield Lane(pk, f"{first} {last}".strip())


def _departments(owners: QuerySet[Employee]) -> Iterator[Lane]:
    of_owners = owners.order_by().values("department")
    rows = Department.objects.filter(pk__in=of_owners).order_by("path")
    yield from (Lane(pk, name) for pk, name in rows.values_list("pk", "name"))
    if owners.filter(department=None).exists():
        yield Lane(NOBODY, _("No department"))
