"""The matrix is changed cell by cell, and never so that nobody can change it any more."""

from collections.abc import Callable

import pytest
from django.db import connection

from paraph.journal import SYSTEM, Fact
from paraph.people.access import Level, Right, Section, reach
from paraph.people.actions.departments import (
    Branch,
    create_department,
    edit_department,
)
from paraph.people.actions.editing import edit_employee
from paraph.people.actions.groups import create_group, delete_group, edit_group
from paraph.people.actions.joining import NewEmployee, add_employee
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.actions.roles import (
    CellChange,
    change_matrix,
    create_role,
    delete_role,
    give_role,
    rename_role,
    take_role,
)
from paraph.people.matrix import CELLS
from paraph.people.models import Department, Employee, Group, Role, RoleGiven
from paraph.people.queries import effects_on, who_has
from paraph.people.refusals import ChangedMeanwhile, NameTaken, NobodyLeftToLetIn
from tests.cast import Cast, gather
from tests.moments import NOON
from tests.parallel import at_once
from tests.parallel import file_database as file_database

pytestmark = pytest.mark.django_db


def _fresh(person: Employee) -> Employee:
    return Employee.objects.get(pk=person.pk)


def _set(role: Role, section: Section, right: Right, *levels: Level) -> None:
    before, after = levels
    change_matrix([CellChange(role.pk, section, right, before, after)], by=SYSTEM, at=NOON)


def test_a_changed_cell_counts_at_once_and_is_a_fact(cast: Cast) -> None:
    role = Role.objects.get(slug="employee")

    _set(role, Section.CONTACTS, Right.EXPORT, Level.SHARED, Level.NONE)

    assert reach(_fresh(cast.alice), Section.CONTACTS, Right.EXPORT) is Level.NONE
    fact = Fact.objects.get(event="role.changed")
    assert fact.facts["changes"] == {"contacts.export": [4, 0]}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    role = Role.objects.get(slug="employee")

    with pytest.raises(ChangedMeanwhile):
        _set(role, Section.CONTACTS, Right.EXPORT, Level.OWN, Level.ALL)

    assert reach(cast.alice, Section.CONTACTS, Right.EXPORT) is Level.SHARED


def test_a_level_that_a_cell_does_not_know_is_refused(cast: Cast) -> None:
    role = Role.objects.get(slug="employee")

    with pytest.raises(ChangedMeanwhile):
        _set(role, Section.SETTINGS, Right.EDIT, Level.NONE, Level.OWN)


def test_a_role_is_copied_renamed_given_and_deleted(cast: Cast) -> None:
    copy = create_role("Assistants", copy_of=Role.objects.get(slug="employee"), by=SYSTEM, at=NOON)
    rename_role(copy, name="Assistance", by=SYSTEM, at=NOON)
    give_role(copy, to=cast.mallory, by=SYSTEM, at=NOON)
    give_role(copy, to=cast.mallory, by=SYSTEM, at=NOON)
    given = reach(_fresh(cast.mallory), Section.CONTACTS, Right.VIEW)

    delete_role(copy, by=SYSTEM, at=NOON)

    assert given is Level.SHARED
    assert reach(_fresh(cast.mallory), Section.CONTACTS, Right.VIEW) is Level.NONE
    events = Fact.objects.filter(event__startswith="role.").order_by("id")
    assert [fact.event.partition(".")[2] for fact in events] == [
        *("created", "renamed", "granted", "deleted")
    ]


def test_two_roles_cannot_be_called_the_same(cast: Cast) -> None:
    with pytest.raises(NameTaken):
        create_role("employee", by=SYSTEM, at=NOON)


def test_each_right_is_told_with_what_it_comes_from(cast: Cast) -> None:
    group = create_group("Readers", members=[cast.alice], by=SYSTEM, at=NOON)
    give_role(Role.objects.get(slug="reader"), to=group, by=SYSTEM, at=NOON)

    effects = {(each.section, each.right): each for each in effects_on(_fresh(cast.alice))}

    view = effects[Section.CONTACTS, Right.VIEW]
    assert view.level is Level.ALL
    assert [str(source.through) for source in view.sources] == ["Readers", "Alice Martin"]
    for cell in CELLS:
        assert effects[cell].level == reach(cast.alice, *cell) or cell[1] is Right.VIEW


def test_who_has_a_right_is_told_with_the_widest_first(cast: Cast) -> None:
    holders = who_has(Section.CONTACTS, Right.VIEW)

    names = [holder.person.first_name for holder in holders]
    assert set(names[:2]) == {"Olga", "Bob"}
    assert set(names[2:]) == {"Alice", "Erin"}


# Each of these would leave nobody who may edit access permissions.


def _take_the_role(cast: Cast) -> None:
    given = RoleGiven.objects.get(role__slug="administrator", employee=cast.olga)
    take_role(given, by=SYSTEM, at=NOON)


def _delete_the_role(cast: Cast) -> None:
    delete_role(Role.objects.get(slug="administrator"), by=SYSTEM, at=NOON)


def _empty_the_cell(cast: Cast) -> None:
    role = Role.objects.get(slug="administrator")
    _set(role, Section.ACCESS, Right.EDIT, Level.ALL, Level.NONE)


def _hide_the_page(cast: Cast) -> None:
    role = Role.objects.get(slug="administrator")
    _set(role, Section.ACCESS, Right.VIEW, Level.ALL, Level.NONE)


def _close_the_account(cast: Cast) -> None:
    deactivate_employee(cast.olga, heir=None, by=SYSTEM, at=NOON)


def _by_group(cast: Cast) -> Group:
    group = create_group("Keepers", members=[cast.olga], by=SYSTEM, at=NOON)
    give_role(Role.objects.get(slug="administrator"), to=group, by=SYSTEM, at=NOON)
    _take_the_role(cast)
    return group


def _empty_the_group(cast: Cast) -> None:
    edit_group(_by_group(cast), name="Keepers", members=[], by=SYSTEM, at=NOON)


def _delete_the_group(cast: Cast) -> None:
    delete_group(_by_group(cast), by=SYSTEM, at=NOON)


def _by_department(cast: Cast) -> tuple[Department, Department]:
    house = create_department(Branch("House"), by=SYSTEM, at=NOON)
    office = create_department(Branch("Office", house), by=SYSTEM, at=NOON)
    edit_employee(cast.olga, {"department": office}, by=SYSTEM, at=NOON)
    give_role(Role.objects.get(slug="administrator"), to=house, by=SYSTEM, at=NOON)
    _take_the_role(cast)
    return house, office


def _move_the_department(cast: Cast) -> None:
    _house, office = _by_department(cast)
    edit_department(office, Branch("Office"), by=SYSTEM, at=NOON)


def _move_the_person(cast: Cast) -> None:
    _by_department(cast)
    edit_employee(cast.olga, {"department": None}, by=SYSTEM, at=NOON)


@pytest.mark.parametrize(
    "attempt",
    [
        _take_the_role,
        _delete_the_role,
        _empty_the_cell,
        _hide_the_page,
        _close_the_account,
        _empty_the_group,
        _delete_the_group,
        _move_the_department,
        _move_the_person,
    ],
)
def test_the_last_administrator_cannot_lock_everybody_out(
    cast: Cast, attempt: Callable[[Cast], None]
) -> None:
    with pytest.raises(NobodyLeftToLetIn) as refused:
        attempt(cast)

    assert "Give somebody else" in str(refused.value)
    assert reach(_fresh(cast.olga), Section.ACCESS, Right.EDIT) is Level.ALL


@pytest.mark.slow
def test_two_administrators_cannot_remove_one_another_at_the_same_time(
    file_database: None,
) -> None:
    cast = gather()
    new = NewEmployee("oscar@example.org", "Oscar", "Lund", password="long enough phrase")
    oscar = add_employee(new, roles=["administrator"], by=SYSTEM, at=NOON)
    both = [cast.olga.pk, oscar.pk]

    def remove(number: int) -> None:
        person = Employee.objects.get(pk=both[number])
        deactivate_employee(person, heir=None, by=SYSTEM, at=NOON)

    answers = at_once(remove, times=2)

    refused = [each for each in answers if isinstance(each, NobodyLeftToLetIn)]
    assert len(refused) == 1, answers
    assert Employee.objects.filter(pk__in=both, is_active=True).count() == 1
    connection.close()
