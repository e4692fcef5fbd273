"""A house with people near and far, and viewers whose role is known cell by cell."""

from dataclasses import dataclass

from paraph.journal import SYSTEM
from paraph.people.actions.departments import Branch, create_department
from paraph.people.actions.joining import NewEmployee, add_employee
from paraph.people.matrix import CELLS, Level, Right, Section, fitting
from paraph.people.models import Department, Employee, Grant, Role, RoleGiven
from paraph.people.setup import ROLES
from tests.moments import NOON

Cells = dict[tuple[Section, Right], Level]

PLACES = ("own", "department", "below", "shared", "elsewhere")
"""Where a row can lie, seen from a viewer: each level reaches one place further."""

REACHED: dict[Level, frozenset[str]] = {level: frozenset(PLACES[: level.value]) for level in Level}


@dataclass(frozen=True)
class Viewer:
    """Somebody with one role, and what the matrix says of it."""

    name: str
    person: Employee
    cells: Cells

    def level(self, section: Section, right: Right) -> Level:
        return self.cells.get((section, right), Level.NONE)


@dataclass(frozen=True)
class House:
    """The viewers, who all sit in one department, and the owners of rows around them."""

    levels: list[Viewer]
    roles: list[Viewer]
    owners: dict[str, Employee]

    @property
    def viewers(self) -> list[Viewer]:
        return [*self.levels, *self.roles]


def build() -> House:
    """Make the house: viewers in Sales, a colleague there, one below, others elsewhere."""
    house = _department("House")
    sales = _department("Sales", house)
    team, legal = _department("Team", sales), _department("Legal", house)
    places = {"department": sales, "below": team, "shared": legal, "elsewhere": legal}
    owners = {place: _employee(place, at) for place, at in places.items()}
    levels = [_viewer(f"level {level.name}", _all_at(level), sales) for level in Level]
    fixed = [_viewer(slug, dict(cells), sales) for slug, (_name, cells) in ROLES.items()]
    roles = [*fixed, _viewer("patchwork", _patchwork(), sales)]
    return House(levels, roles, owners)


def _all_at(level: Level) -> Cells:
    return {cell: fitting(*cell, level) for cell in CELLS}


def _patchwork() -> Cells:
    """Go through the levels from cell to cell."""
    return {
        cell: fitting(*cell, number % len(Level)) for number, cell in enumerate(CELLS, start=1)
    }


def _department(name: str, parent: Department | None = None) -> Department:
    return create_department(Branch(name, parent), by=SYSTEM, at=NOON)


def _employee(name: str, department: Department) -> Employee:
    address = name.replace(" ", "-").lower()
    new = NewEmployee(f"{address}@house.example", name, "Test", department=department)
    return add_employee(new, roles=[], by=SYSTEM, at=NOON)


def _viewer(name: str, cells: Cells, department: Department) -> Viewer:
    cells = {cell: fitting(*cell, level) for cell, level in cells.items()}
    person = _employee(name, department)
    role = Role.objects.create(slug=f"reach-{person.pk}", name=name)
    Grant.objects.bulk_create(
        Grant(role=role, section=section, right=right, level=level)
        for (section, right), level in cells.items()
    )
    RoleGiven.objects.create(role=role, employee=person)
    return Viewer(name, person, cells)
