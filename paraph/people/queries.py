"""What the pages about people and access show, in as few queries as possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from paraph.kit.search import normalise

from .matrix import CELLS, Level, Right, Section, levels_for
from .models import Department, Employee, Grant, Group, Role, RoleGiven

Cell = tuple[Section, Right]


@dataclass(frozen=True)
class Source:
    """Why somebody has a right: a role, how far it reaches, and through what it came."""

    role: Role
    level: Level
    through: Employee | Department | Group


@dataclass(frozen=True)
class Effect:
    """What somebody may do in one cell: the widest level, and everything that gives any."""

    section: Section
    right: Right
    level: Level
    sources: tuple[Source, ...]

    @property
    def is_plain(self) -> bool:
        """Tell whether the cell only knows no and yes."""
        return len(levels_for(self.section, self.right)) == 2


@dataclass(frozen=True)
class Branch:
    """A department in its tree, how deep it lies, and how many people belong to it."""

    department: Department
    depth: int
    people: int

    @property
    def indent(self) -> str:
        """Return the space before its name in a plain list."""
        return "\u2003" * self.depth


def tree() -> list[Branch]:
    """Return all departments, each below its parent, by name among its sisters."""
    here = Q(employees__left_at=None)
    rows = Department.objects.select_related("head").prefetch_related("roles_given__role")
    rows = rows.annotate(people=Count("employees", filter=here, distinct=True))
    below: dict[int | None, list[Department]] = defaultdict(list)
    for row in rows.order_by("name"):
        below[row.parent_id].append(row)
    return list(_branches(below, None, depth=0))


def _branches(
    below: dict[int | None, list[Department]], parent: int | None, *, depth: int
) -> Iterable[Branch]:
    for row in below[parent]:
        yield Branch(row, depth, getattr(row, "people", 0))
        yield from _branches(below, row.pk, depth=depth + 1)


def people(
    *, search: str = "", state: str = "", department: Department | None = None
) -> list[Employee]:
    """Return the people whose name, address, position or phone has these words, by last name."""
    given = RoleGiven.objects.select_related("role")
    rows = Employee.objects.select_related("department").prefetch_related(
        "circles", Prefetch("roles_given", queryset=given)
    )
    if department is not None:
        rows = rows.filter(department__path__startswith=department.path)
    wanted = normalise(search).split()
    found = [person for person in rows if not state or person.state == state]
    return [person for person in found if _has(person, wanted)]


def _has(person: Employee, words: Sequence[str]) -> bool:
    told = (person.name, person.email, person.position, person.phone)
    text = normalise(" ".join(told))
    return all(word in text for word in words)


def effects_on(person: Employee) -> list[Effect]:
    """Return the person's whole row of the matrix, with what each right comes from."""
    sources: dict[Cell, list[Source]] = defaultdict(list)
    grants: dict[int, list[Grant]] = defaultdict(list)
    given = list(given_to(person))
    for grant in Grant.objects.filter(role__in=[each.role_id for each in given], level__gt=0):
        grants[grant.role_id].append(grant)
    for each in given:
        for grant in grants[each.role_id]:
            cell = (Section(grant.section), Right(grant.right))
            sources[cell].append(Source(each.role, Level(grant.level), each.recipient))
    return [_effect(cell, sources[cell]) for cell in CELLS]


def _effect(cell: Cell, sources: list[Source]) -> Effect:
    widest = max((source.level for source in sources), default=Level.NONE)
    ordered = sorted(sources, key=lambda source: -source.level)
    return Effect(*cell, widest, tuple(ordered))


def given_to(person: Employee) -> Iterable[RoleGiven]:
    """Return what gives the person a role: directly, by a group, by a department above."""
    given = Q(employee=person) | Q(group__members=person)
    if person.department is not None:
        above = [int(part) for part in person.department.path.strip("/").split("/") if part]
        given |= Q(department__in=above)
    rows = RoleGiven.objects.filter(given).distinct()
    return rows.select_related("role", "employee", "department", "group").order_by("role__name")


@dataclass(frozen=True)
class Holder:
    """Somebody who has a right, how far, and through what."""

    person: Employee
    level: Level
    sources: tuple[Source, ...]


def who_has(section: Section, right: Right) -> list[Holder]:
    """Return the active people who have a right, the widest first."""
    levels = dict(
        Grant.objects.filter(section=section, right=right, level__gt=0).values_list(
            "role", "level"
        )
    )
    given = RoleGiven.objects.filter(role__in=levels)
    given = given.select_related("role", "employee", "department", "group")
    sources = [
        (each, Source(each.role, Level(levels[each.role_id]), each.recipient)) for each in given
    ]
    circles: dict[int, set[int]] = defaultdict(set)
    for person_id, group_id in Group.members.through.objects.values_list("employee", "group"):
        circles[person_id].add(group_id)
    active = Employee.objects.filter(is_active=True).select_related("department")
    holders = (_holder(person, sources, circles[person.pk]) for person in active)
    return sorted((each for each in holders if each.sources), key=lambda each: -each.level)


def _holder(
    person: Employee, sources: list[tuple[RoleGiven, Source]], circles: set[int]
) -> Holder:
    mine = tuple(source for given, source in sources if _reaches(given, person, circles))
    return Holder(person, max((source.level for source in mine), default=Level.NONE), mine)


def _reaches(given: RoleGiven, person: Employee, circles: set[int]) -> bool:
    if given.department is not None:
        below = person.department is not None and person.department.path
        return bool(below) and str(below).startswith(given.department.path)
    return given.employee_id == person.pk or given.group_id in circles


@dataclass(frozen=True)
class MatrixCell:
    """One cell as the page shows it."""

    role: Role
    name: str
    level: Level
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One right of one section, for each role shown."""

    section: Section
    right: Right
    is_first: bool
    cells: tuple[MatrixCell, ...]


def matrix_of(roles: Sequence[Role]) -> list[MatrixRow]:
    """Return the whole matrix of these roles, a row for each cell there is."""
    grants = Grant.objects.filter(role__in=roles)
    levels = {(grant.role_id, grant.section, grant.right): grant.level for grant in grants}
    rows = []
    shown: Section | None = None
    for section, right in CELLS:
        cells = tuple(
            _cell(role, section, right, levels.get((role.pk, section, right), 0)) for role in roles
        )
        rows.append(MatrixRow(section, right, section != shown, cells))
        shown = section
    return rows


def _cell(role: Role, section: Section, right: Right, level: int) -> MatrixCell:
    offered = levels_for(section, right)
    kept = next(each for each in offered if each >= level)
    return MatrixCell(role, f"cell-{role.pk}-{section.value}-{right.value}", kept, offered)


def roles() -> list[Role]:
    """Return the columns, oldest first, with how often each is given."""
    return list(Role.objects.annotate(times_given=Count("given")).order_by("pk"))
