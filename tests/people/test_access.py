"""How far each level reaches, and that the widest of several roles wins."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Contact
from paraph.journal import SYSTEM
from paraph.people.access import Level, Right, Section, holders, reach
from paraph.people.actions.departments import Branch, create_department
from paraph.people.actions.joining import NewEmployee, add_employee
from paraph.people.models import Department, Employee, Grant, Group, Role, RoleGiven
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _employee(name: str, department: Department | None) -> Employee:
    new = NewEmployee(f"{name}@example.org", name, "Test", department=department)
    return add_employee(new, roles=[], by=SYSTEM, at=NOON)


def _department(name: str, parent: Department | None = None) -> Department:
    return create_department(Branch(name, parent), by=SYSTEM, at=NOON)


def _contact(name: str, owner: Employee, *, is_shared: bool = False) -> None:
    card = ContactCard(name, "Test", "+33612345678", f"{name}@example.org")
    contact = create_contact(card, responsible=owner, by=SYSTEM, at=NOON)
    Contact.objects.filter(pk=contact.pk).update(is_shared=is_shared)


def _role(level: Level) -> Role:
    role = Role.objects.create(slug=f"level-{level.value}", name=f"Level {level.value}")
    Grant.objects.create(role=role, section=Section.CONTACTS, right=Right.VIEW, level=level)
    return role


@pytest.fixture
def viewer(cast: Cast) -> Employee:
    """Somebody in Sales, below the house, with five contacts at different distances."""
    Contact.objects.all().delete()
    house = _department("House")
    sales = _department("Sales", house)
    field_sales = _department("Field sales", sales)
    viewer = _employee("viewer", sales)
    _contact("own", viewer)
    _contact("colleagues", _employee("colleague", sales))
    _contact("below", _employee("junior", field_sales))
    _contact("shared", _employee("distant", house), is_shared=True)
    _contact("above", _employee("boss", house))
    return viewer


REACHED = {
    Level.NONE: set(),
    Level.OWN: {"own"},
    Level.DEPARTMENT: {"own", "colleagues"},
    Level.SUBTREE: {"own", "colleagues", "below"},
    Level.SHARED: {"own", "colleagues", "below", "shared"},
    Level.ALL: {"own", "colleagues", "below", "shared", "above"},
}


@pytest.mark.parametrize("level", Level)
def test_each_level_reaches_as_far_as_it_says(viewer: Employee, level: Level) -> None:
    RoleGiven.objects.create(role=_role(level), employee=viewer)

    seen = set(Contact.objects.visible_to(viewer).values_list("last_name", flat=True))

    assert seen == REACHED[level]


def _by_employee(role: Role, viewer: Employee) -> RoleGiven:
    return RoleGiven(role=role, employee=viewer)


def _by_department_above(role: Role, viewer: Employee) -> RoleGiven:
    assert viewer.department is not None
    return RoleGiven(role=role, department=viewer.department.parent)


def _by_group(role: Role, viewer: Employee) -> RoleGiven:
    group = Group.objects.create(name="Readers")
    group.members.add(viewer)
    return RoleGiven(role=role, group=group)


@pytest.mark.parametrize("given", [_by_employee, _by_department_above, _by_group])
def test_a_role_comes_by_person_department_or_group(
    viewer: Employee, given: Callable[[Role, Employee], RoleGiven]
) -> None:
    given(_role(Level.ALL), viewer).save()

    assert reach(viewer, Section.CONTACTS, Right.VIEW) is Level.ALL


def test_with_several_roles_the_widest_right_wins(viewer: Employee) -> None:
    for level in (Level.ALL, Level.OWN):
        RoleGiven.objects.create(role=_role(level), employee=viewer)

    assert reach(viewer, Section.CONTACTS, Right.VIEW) is Level.ALL


def test_who_left_reaches_nothing(viewer: Employee) -> None:
    RoleGiven.objects.create(role=_role(Level.ALL), employee=viewer)
    viewer.is_active = False

    assert reach(viewer, Section.CONTACTS, Right.VIEW) is Level.NONE


def test_what_one_may_not_see_is_not_found(cast: Cast, client: Client) -> None:
    client.force_login(cast.mallory)

    assert client.get("/contacts/").status_code == 404
    assert client.get(f"/contacts/{cast.frank.pk}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    answer = client.get("/contacts/")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/contacts/"


@pytest.mark.parametrize("rows", [1, 3])
def test_who_holds_a_right_is_read_in_the_same_queries_however_many(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    house = _department("House")
    sales = _department("Sales", house)
    role = _role(Level.OWN)
    people = [_employee(f"by-{way}-{row}", None) for way in "rgd" for row in range(rows)]
    for person in people[:rows]:
        RoleGiven.objects.create(role=role, employee=person)
    group = Group.objects.create(name="Circle")
    group.members.set(people[rows : 2 * rows])
    RoleGiven.objects.create(role=role, group=group)
    Employee.objects.filter(pk__in=[p.pk for p in people[2 * rows :]]).update(department=sales)
    RoleGiven.objects.create(role=role, department=house)

    with django_assert_num_queries(2):
        found = {person.pk for person in holders(Section.CONTACTS, Right.VIEW)}

    everybody = Employee.objects.select_related("department")
    asked_singly = {p.pk for p in everybody if reach(p, Section.CONTACTS, Right.VIEW)}
    assert {person.pk for person in people} <= found
    assert found == asked_singly
