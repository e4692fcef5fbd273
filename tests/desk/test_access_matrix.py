"""The access page: what was changed is saved, and only those with the right come in."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from paraph.people.access import Level, Right, Section, reach
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.matrix import CELLS
from paraph.people.models import Department, Employee, Group, Role
from tests.cast import Cast
from tests.moments import NOON, YESTERDAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _posted(client: Client, role: Role, **cells: int) -> dict[str, str]:
    """Fill the form as a browser would: what was shown, and every cell."""
    page = client.get("/access/").content.decode()
    start = page.index(f'name="seen-{role.pk}" value="')
    seen = page[start:].split('value="', 1)[1].split('"', 1)[0]
    names = [f"{section.value}_{right.value}" for section, right in CELLS]
    chosen = {name: str(cells.get(name, digit)) for name, digit in zip(names, seen, strict=True)}
    posted = {f"cell-{role.pk}-{name.replace('_', '-')}": level for name, level in chosen.items()}
    return posted | {f"seen-{role.pk}": seen}


def test_one_button_saves_what_was_changed(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    role = Role.objects.get(slug="employee")

    answer = client.post(
        "/access/save/", _posted(client, role, contacts_export=0, vault_export=2), follow=True
    )

    alice = Employee.objects.get(pk=cast.alice.pk)
    assert reach(alice, Section.CONTACTS, Right.EXPORT) is Level.NONE
    assert reach(alice, Section.VAULT, Right.EXPORT) is Level.DEPARTMENT
    assert reach(alice, Section.CONTACTS, Right.VIEW) is Level.SHARED
    told = answer.content.decode()
    assert "Saved. The new rights count from now on." in told
    assert "Signing contacts · Export: Shared → None" in told


def test_locking_everybody_out_is_refused_in_words(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    role = Role.objects.get(slug="administrator")
    posted = _posted(client, role, access_edit=0)

    answer = client.post(
        "/access/save/", posted, follow=True, headers={"referer": "http://testserver/access/"}
    )

    assert "Give somebody else a role that may edit them first." in answer.content.decode()


def test_who_may_only_look_sees_words_and_no_choices(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)

    page = client.get("/access/").content.decode()

    assert "level-choice" not in page
    assert client.post("/access/save/").status_code == 404
    assert client.get("/access/roles/new/").status_code == 404


@pytest.mark.parametrize("address", ["/access/", "/access/who/", "/people/", "/people/groups/"])
def test_without_the_right_there_is_no_such_page(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.alice)

    assert client.get(address).status_code == 404


def test_a_role_is_made_as_a_copy_given_and_taken_back(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    model = Role.objects.get(slug="employee")

    client.post("/access/roles/new/", {"name": "Interns", "copy_of": model.pk})
    role = Role.objects.get(name="Interns")
    client.post(f"/access/roles/{role.pk}/give/", {"to": f"employee-{cast.mallory.pk}"})
    given = client.get("/contacts/").status_code, role.given.get().employee
    client.post(f"/access/given/{role.given.get().pk}/take/")

    assert given == (200, cast.mallory)
    assert not role.given.exists()


def test_a_role_is_given_and_taken_back_on_the_persons_own_page(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.olga)
    role = Role.objects.get(slug="supervisor")

    answer = client.post(f"/people/{cast.mallory.pk}/roles/", {"role": role.pk}, follow=True)
    given = role.given.get(employee=cast.mallory)
    client.post(f"/access/given/{given.pk}/take/", {"from_person": "1"})

    assert "Mallory Stone: “Supervisor” is given." in answer.content.decode()
    assert not role.given.filter(employee=cast.mallory).exists()


def test_before_a_role_is_deleted_those_who_lose_it_are_named(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    role = Role.objects.get(slug="employee")

    asked = client.get(f"/access/roles/{role.pk}/delete/").content.decode()
    client.post(f"/access/roles/{role.pk}/delete/")

    assert "Alice Martin" in asked
    assert not Role.objects.filter(pk=role.pk).exists()


def test_the_answer_to_who_may_what_names_the_way(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    page = client.get("/access/who/?right=documents.sign").content.decode()

    assert "Erin Lindqvist" in page
    assert "Supervisor" in page
    assert "Alice Martin" not in page


def test_people_departments_and_groups_are_kept_by_pages(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    client.post("/people/departments/new/", {"name": "House", "head": cast.erin.pk})
    client.post("/people/groups/new/", {"name": "Circle", "members": [cast.bob.pk]})
    found = client.get("/people/?q=lindqvist erin").content.decode()
    person = client.get(f"/people/{cast.erin.pk}/").content.decode()

    assert "erin@example.org" in found
    assert "bob@example.org" not in found
    assert "House" in person
    assert Group.objects.get(name="Circle").members.get() == cast.bob


def test_a_department_that_is_deleted_while_its_form_is_read_is_told(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.olga)
    client.post("/people/departments/new/", {"name": "House"})
    house = Department.objects.get()

    def delete_first(execute: Any, sql: str, *rest: Any) -> Any:
        if 'FROM "people_department" WHERE "people_department"."id" =' in sql:
            Department.objects.all()._raw_delete("default")
        return execute(sql, *rest)

    with connection.execute_wrapper(delete_first):
        answer = client.post("/people/departments/new/", {"name": "Team", "parent": house.pk})

    assert answer.status_code == 422
    assert "is not one of the available choices" in answer.content.decode()


def test_saving_a_group_keeps_members_who_left(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    members = [cast.bob.pk, cast.erin.pk]
    client.post("/people/groups/new/", {"name": "Circle", "members": members})
    group = Group.objects.get(name="Circle")
    address = f"/people/groups/{group.pk}/"
    deactivate_employee(cast.bob, heir=None, by=cast.olga.actor, at=NOON)

    page = client.get(address).content.decode()
    shown = re.findall(r'name="members" value="(\d+)"[^>]* checked', page)
    client.post(address, {"name": "Round", "members": shown})
    kept = set(group.members.values_list("pk", flat=True))
    client.post(address, {"name": "Round", "members": [cast.erin.pk]})

    assert kept == set(members)
    assert group.members.get() == cast.erin


def test_people_write_their_own_profile_and_see_their_own_time(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    profile = {"first_name": "Alicia", "last_name": "Martin", "language": "en"}

    saved = client.post("/profile/", profile | {"time_zone": "Pacific/Auckland"})
    wrong = client.post("/profile/", profile | {"time_zone": "Nowhere/Land"})

    alice = Employee.objects.get(pk=cast.alice.pk)
    assert (saved.status_code, wrong.status_code) == (302, 422)
    assert (alice.first_name, alice.time_zone) == ("Alicia", "Pacific/Auckland")


def test_times_are_told_in_the_readers_own_zone(client: Client, cast: Cast) -> None:
    Employee.objects.filter(pk=cast.olga.pk).update(time_zone="Pacific/Auckland")
    client.force_login(cast.olga)

    page = client.get(f"/people/{cast.alice.pk}/").content.decode()

    joined = YESTERDAY.astimezone(ZoneInfo("Pacific/Auckland"))
    assert f'<time datetime="{joined.isoformat()}">' in page
