"""Departments are moved with everything below them; a head supervises the whole subtree."""

import pytest

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Contact
from paraph.journal import SYSTEM
from paraph.people.access import Level, Right, Section
from paraph.people.actions.departments import (
    Branch,
    create_department,
    delete_department,
    edit_department,
)
from paraph.people.actions.joining import NewEmployee, add_employee
from paraph.people.models import Department, Employee, Grant, Role, RoleGiven
from paraph.people.queries import tree
from paraph.people.refusals import CannotMove, NotEmpty
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def _department(name: str, parent: Department | None = None) -> Department:
    return create_department(Branch(name, parent), by=SYSTEM, at=NOON)


def _employee(name: str, department: Department | None = None) -> Employee:
    new = NewEmployee(f"{name}@example.org", name, "Test", department=department)
    return add_employee(new, roles=[], by=SYSTEM, at=NOON)


def test_moving_a_department_moves_everything_below_it(cast: Cast) -> None:
    house, annex = _department("House"), _department("Annex")
    sales = _department("Sales", house)
    team = _department("Team", sales)
    pair = _department("Pair", team)

    edit_department(sales, Branch("Sales", annex), by=SYSTEM, at=NOON)

    team.refresh_from_db()
    pair.refresh_from_db()
    assert team.path == f"{annex.pk}/{sales.pk}/{team.pk}/"
    assert pair.path == f"{annex.pk}/{sales.pk}/{team.pk}/{pair.pk}/"
    drawn = [(row.department.name, row.depth) for row in tree()]
    assert drawn == [("Annex", 0), ("Sales", 1), ("Team", 2), ("Pair", 3), ("House", 0)]


def test_a_department_cannot_hang_below_itself(cast: Cast) -> None:
    house = _department("House")
    sales = _department("Sales", house)

    for below in (house, sales):
        with pytest.raises(CannotMove):
            edit_department(house, Branch("House", below), by=SYSTEM, at=NOON)


def test_departments_moved_below_one_another_at_once_make_no_ring(cast: Cast) -> None:
    house, annex = _department("House"), _department("Annex")
    as_it_was = Department.objects.get(pk=house.pk)
    edit_department(house, Branch("House", annex), by=SYSTEM, at=NOON)

    with pytest.raises(CannotMove):
        edit_department(annex, Branch("Annex", as_it_was), by=SYSTEM, at=NOON)

    assert {row.department.name for row in tree()} == {"House", "Annex"}


def test_nothing_is_hung_below_a_department_deleted_meanwhile(cast: Cast) -> None:
    house, annex = _department("House"), _department("Annex")
    as_it_was = Department.objects.get(pk=house.pk)
    delete_department(house, by=SYSTEM, at=NOON)

    with pytest.raises(CannotMove, match="House is gone"):
        edit_department(annex, Branch("Annex", as_it_was), by=SYSTEM, at=NOON)
    with pytest.raises(CannotMove, match="House is gone"):
        create_department(Branch("Team", as_it_was), by=SYSTEM, at=NOON)
    with pytest.raises(CannotMove, match="House is gone"):
        edit_department(as_it_was, Branch("Home"), by=SYSTEM, at=NOON)

    assert [row.department.name for row in tree()] == ["Annex"]


def test_only_an_empty_department_is_deleted(cast: Cast) -> None:
    house = _department("House")
    sales = _department("Sales", house)
    _employee("seller", sales)

    for department in (house, sales):
        with pytest.raises(NotEmpty):
            delete_department(department, by=SYSTEM, at=NOON)


def test_a_head_reaches_the_whole_subtree_with_the_rights_they_hold(cast: Cast) -> None:
    house = _department("House")
    sales = _department("Sales", house)
    team = _department("Team", sales)
    head, junior = _employee("head", house), _employee("junior", team)
    role = Role.objects.create(slug="own", name="Own")
    Grant.objects.create(role=role, section=Section.CONTACTS, right=Right.VIEW, level=Level.OWN)
    RoleGiven.objects.create(role=role, employee=head)
    card = ContactCard("Junior’s", "Client", "+33612345678", "client@example.org")
    contact = create_contact(card, responsible=junior, by=SYSTEM, at=NOON)
    before = Contact.objects.visible_to(head).contains(contact)

    edit_department(sales, Branch("Sales", house, head), by=SYSTEM, at=NOON)

    head = Employee.objects.get(pk=head.pk)
    assert not before
    assert Contact.objects.visible_to(head).contains(contact)
    assert not Contact.objects.visible_to(head, Right.EDIT).exists()
