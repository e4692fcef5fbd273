"""Recurring jobs: ordered when due, once, and made up for once after a pause."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from paraph.kit.jobs import job
from paraph.kit.schedules import Recurring, order_due, recurring
from tests.moments import NOON

pytestmark = pytest.mark.django_db

ran: list[str] = []


@job
def sweep() -> None:
    """Write that it ran."""
    ran.append("sweep")


SCHEDULE = (Recurring("*/10 * * * *", sweep),)


@pytest.fixture(autouse=True)
def _schedule(settings: Settings) -> None:
    settings.PARAPH_SCHEDULE = "tests.kit.test_schedules.SCHEDULE"
    ran.clear()


def test_a_job_runs_when_it_is_due_and_not_before() -> None:
    assert order_due(at=NOON) == NOON + timedelta(minutes=10)
    assert ran == []

    assert order_due(at=NOON + timedelta(minutes=10)) == NOON + timedelta(minutes=20)
    assert ran == ["sweep"]


def test_asking_twice_orders_once() -> None:
    order_due(at=NOON)
    for _worker in range(2):
        order_due(at=NOON + timedelta(minutes=10, seconds=1))

    assert ran == ["sweep"]


def test_after_a_long_pause_a_job_is_made_up_for_once() -> None:
    order_due(at=NOON)

    assert order_due(at=NOON + timedelta(days=3)) == NOON + timedelta(days=3, minutes=10)

    assert ran == ["sweep"]


def test_seconds_stand_in_the_sixth_field() -> None:
    assert Recurring("* * * * * */15", sweep).due_after(NOON) == NOON + timedelta(seconds=15)


def test_times_are_utc_whatever_the_season() -> None:
    daily = Recurring("30 2 * * *", sweep)

    assert daily.due_after(datetime(2026, 3, 29, 0, 0, tzinfo=UTC)).hour == 2


def test_the_table_of_the_installation_can_be_read(settings: Settings) -> None:
    settings.PARAPH_SCHEDULE = "paraph.config.schedule.SCHEDULE"

    assert all(line.due_after(NOON) > NOON for line in recurring())
