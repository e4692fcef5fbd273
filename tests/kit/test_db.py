"""One action, one transaction."""

import pytest
from django.db import connection

from paraph.kit import db
from paraph.kit.models import Failure
from tests.moments import NOON
from tests.parallel import file_database as file_database

pytestmark = pytest.mark.django_db


def keep(number: int) -> None:
    Failure.objects.create(pk=number, error="", at=NOON)


@db.transaction
def act(number: int, *, fail: bool = False) -> int:
    keep(number)
    if fail:
        raise ArithmeticError
    return number


@db.transaction
def act_twice() -> None:
    act(1)


@db.transaction_required
def shared_step() -> None:
    keep(2)


@db.joining
def join(number: int) -> None:
    keep(number)


def test_an_action_keeps_what_it_wrote() -> None:
    assert act(1) == 1
    assert Failure.objects.filter(pk=1).exists()


def test_a_failed_action_keeps_nothing() -> None:
    with pytest.raises(ArithmeticError):
        act(1, fail=True)

    assert not Failure.objects.exists()


def test_an_action_may_not_call_an_action() -> None:
    with pytest.raises(db.NestedAction, match="act"):
        act_twice()


def test_after_a_failed_action_the_next_one_is_possible() -> None:
    with pytest.raises(ArithmeticError):
        act(1, fail=True)

    act(2)

    assert not db.is_open()


def test_a_shared_step_needs_a_transaction() -> None:
    with pytest.raises(db.NotInTransaction, match="shared_step"):
        shared_step()

    with db.unit_of_work():
        shared_step()

    assert Failure.objects.filter(pk=2).exists()


def test_an_action_joins_a_unit_of_work_and_is_lost_with_it() -> None:
    with pytest.raises(ArithmeticError), db.unit_of_work():
        act(1)
        act(2, fail=True)

    assert not Failure.objects.exists()


def test_a_joining_step_opens_a_transaction_where_there_is_none() -> None:
    join(1)
    with db.unit_of_work():
        join(2)

    assert Failure.objects.count() == 2


def test_what_follows_a_commit_does_not_follow_a_rollback() -> None:
    heard: list[str] = []

    with pytest.raises(ArithmeticError), db.unit_of_work():
        db.after_commit(lambda: heard.append("rolled back"))
        raise ArithmeticError
    with db.unit_of_work():
        db.after_commit(lambda: heard.append("committed"))
        assert heard == []

    assert heard == ["committed"]


@pytest.mark.usefixtures("file_database")
def test_what_may_happen_twice_does_not_wait_for_the_disk() -> None:
    usual = _synchronous()

    with db.soon_durable():
        within = _synchronous()
        join(1)

    assert (within, _synchronous()) == (1, usual)
    assert Failure.objects.filter(pk=1).exists()


def _synchronous() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])
