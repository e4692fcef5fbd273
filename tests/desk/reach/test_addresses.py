"""Every address opens for exactly those whom the matrix lets in, and is not there for others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from paraph.board.models import Deed, Stage, StageRule
from paraph.contacts.models import CustomField
from paraph.messaging.actions import send_test
from paraph.people.matrix import RIGHTS, Level
from paraph.people.models import Department, Employee, Group, RoleGiven
from tests.cast import Cast
from tests.desk.reach import house
from tests.desk.reach.addresses import (
    ELSEWHERE,
    NO_ROW,
    ONLY_REFUSED,
    Address,
    addresses,
)
from tests.desk.reach.house import PLACES, Viewer
from tests.desk.reach.rows import KINDS, Rows, kind_of, put_around
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWNED = {kind.model for kind in KINDS}
Around = dict[type[Model], Rows]


@dataclass(frozen=True)
class Try:
    """One request that is made, and whether it must find something."""

    address: Address
    parts: dict[str, object]
    is_open: bool
    place: str = ""


def _ours() -> list[Address]:
    return [each for each in addresses() if each.access != "anyone"]


def test_every_address_is_in_the_table() -> None:
    missing = [
        each.name
        for each in _ours()
        if each.parts and not (each.model or each.name in NO_ROW or each.name in ELSEWHERE)
    ]

    assert missing == [], "Add a line for each family to tests/desk/reach/addresses.py: ABOUT."


def test_every_right_that_an_address_asks_for_can_be_given() -> None:
    asked = {cell for each in _ours() for cell in each.cells}

    assert [cell for cell in asked if cell[1] not in RIGHTS[cell[0]]] == []


def test_a_visitor_is_asked_to_sign_in_everywhere(client: Client, cast: Cast) -> None:
    for each in _ours():
        answer = _ask(client, _path(each, dict.fromkeys(each.parts, 1)))
        assert answer in (302, 405), each.name


@pytest.mark.parametrize("level", Level, ids=lambda level: level.name)
def test_an_address_is_open_exactly_as_far_as_the_level(cast: Cast, level: Level) -> None:
    built = house.build()
    viewer = built.levels[level]
    client = _signed_in(viewer)

    rows = {kind.model: put_around(kind, built, viewer) for kind in KINDS}

    tries = [each for address in _ours() for each in _tries(address, viewer, rows)]

    assert len(tries) > 20
    assert "\n".join(said for each in tries if (said := _complaint(client, each))) == ""


@pytest.mark.parametrize("number", range(4), ids=["employee", "supervisor", "admin", "patchwork"])
def test_a_role_opens_what_the_matrix_says(cast: Cast, number: int) -> None:
    built = house.build()
    viewer = built.roles[number]
    client = _signed_in(viewer)
    whole = [each for each in _ours() if each.cells and not each.parts]

    tries = [Try(each, {}, _lets_in(each, viewer)) for each in whole]

    assert "\n".join(said for each in tries if (said := _complaint(client, each))) == ""


def _tries(address: Address, viewer: Viewer, rows: Around) -> Iterator[Try]:
    """Ask for the farthest row that is reached, and for the nearest that is not.

    What has no owner is open or not: the levels between own and all make no difference to it.
    """
    if address.name in ELSEWHERE:
        return
    if address.name not in NO_ROW and address.parts and address.model in OWNED:
        assert address.model
        yield from _near_and_far(address, viewer, rows[address.model])
    elif viewer.name in ("level NONE", "level OWN"):
        parts = NO_ROW.get(address.name, dict)()
        if address.parts and not parts and address.model is not None:
            parts = address.parts_for(_any_row(address.model, viewer))
        yield Try(address, parts, _lets_in(address, viewer))


def _near_and_far(address: Address, viewer: Viewer, rows: Rows) -> Iterator[Try]:
    assert address.model
    kind = kind_of(address.model)
    reached = kind.reached(viewer, address.right)
    if not _lets_in(address, viewer):
        reached = frozenset()
    far = [place for place in PLACES if place in reached][-1:]
    near = [place for place in PLACES if place not in reached][:1]
    for place in [*far, *near]:
        yield Try(address, address.parts_for(rows[place]), place in reached, place)


def _lets_in(address: Address, viewer: Viewer) -> bool:
    return not address.cells or any(viewer.level(*cell) for cell in address.cells)


def _any_row(model: type[Model], viewer: Viewer) -> Model:
    """Return a row of something that belongs to nobody in particular."""
    if model is Employee:
        return viewer.person
    if model is RoleGiven:
        return RoleGiven.objects.filter(employee=viewer.person)[0]
    if model is Department:
        return Department.objects.order_by("-pk")[0]
    if model is Group:
        return Group.objects.get_or_create(name="Circle")[0]
    if model is CustomField:
        return CustomField.objects.get_or_create(label="Shoe size", kind="text")[0]
    if model is StageRule:
        stage = Stage.objects.order_by("pk")[0]
        return StageRule.objects.get_or_create(stage=stage, name="Watch", deed=Deed.REMIND)[0]
    if not model._base_manager.exists():
        send_test("email", recipient="a@b.example", name="A", language="en", at=NOON)
    return model._base_manager.order_by("pk")[0]


def _signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(viewer.person)
    return client


def _path(address: Address, parts: dict[str, object]) -> str:
    return reverse(address.name, kwargs=parts or None)


def _complaint(client: Client, each: Try) -> str:
    """Make the request, undo what it did, and say what is wrong with the answer."""
    if each.is_open and each.address.name in ONLY_REFUSED:
        return ""
    answer = _ask(client, _path(each.address, each.parts))
    if (answer != 404) == each.is_open:
        return ""
    wanted = "open" if each.is_open else "not found"
    return f"{each.address.name} {each.place}: answered {answer}, should be {wanted}"


def _ask(client: Client, path: str) -> int:
    before = transaction.savepoint()
    answer: Any = client.get(path)
    if answer.status_code == 405:
        answer = client.post(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to the end, a file is closed
    transaction.savepoint_rollback(before)
    return int(answer.status_code)
