"""A process in our care: replaced when it dies, and when it freezes."""

import sys
import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from paraph.config import serving
from paraph.config.serving import Charge


@pytest.fixture
def charge() -> Iterator[Charge]:
    charge = Charge("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
    charge.start()
    yield charge
    if charge.process:
        charge.process.kill()
        charge.process.wait()


def pid_of(charge: Charge) -> int:
    return charge.process.pid if charge.process else 0


def test_a_living_process_is_left_alone(charge: Charge) -> None:
    before = pid_of(charge)

    charge.look_after()

    assert pid_of(charge) == before


def test_a_dead_process_is_replaced(charge: Charge) -> None:
    before = pid_of(charge)
    assert charge.process
    charge.process.kill()
    charge.process.wait()

    deadline = time.monotonic() + 180
    while pid_of(charge) in (0, before) and time.monotonic() < deadline:
        charge.look_after()  # it waits a moment before it starts anew

    assert pid_of(charge) not in (0, before)


def test_a_frozen_process_is_killed(charge: Charge) -> None:
    charge.is_well = lambda: False
    charge.started_at -= serving.SILENCE_SECONDS + 1

    charge.look_after()

    assert charge.process and charge.process.wait(timeout=180) < 0


def test_a_process_that_keeps_dying_is_started_less_often(charge: Charge) -> None:
    charge.deaths = [time.monotonic()] * 5
    assert charge.process
    charge.process.kill()
    charge.process.wait()

    charge.look_after()

    assert charge.process is None
    assert len(charge.deaths) == 6


@pytest.mark.django_db
def test_the_list_of_parked_jobs_is_empty_at_first() -> None:
    out = StringIO()

    call_command("jobs", stdout=out)

    assert out.getvalue() == ""
