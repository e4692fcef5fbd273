"""What the jobs seam promises, asked of both engines with real processes."""

import signal
import time

import pytest

from tests.jobs.conftest import Installation, kill

pytestmark = pytest.mark.slow


def test_a_rolled_back_transaction_orders_nothing(installation: Installation) -> None:
    installation.order("note", key="regretted", fail=True)
    installation.order("note", key="meant")

    installation.worker()

    installation.wait_for("note meant")
    assert installation.count("note regretted") == 0


def test_a_waiting_worker_wakes_at_once(installation: Installation) -> None:
    installation.worker()
    installation.order("note", key="first")
    installation.wait_for("note first")

    ordered_at = time.time()
    installation.order("note", key="second")

    installation.wait_for("note second")
    assert installation.entries()[-1][0] - ordered_at < 5


def test_a_job_of_a_killed_worker_runs_again(installation: Installation) -> None:
    worker = installation.worker()
    installation.order("linger", key="a")
    installation.wait_for("began a")

    kill(worker)
    installation.worker()

    installation.wait_for("ended a", seconds=60)
    assert installation.count("began a") == 2


def test_another_worker_takes_over_from_a_killed_one(installation: Installation) -> None:
    worker = installation.worker()
    installation.order("linger", key="a")
    installation.wait_for("began a")
    installation.worker()

    kill(worker)

    installation.wait_for("ended a", seconds=60)


def test_a_polite_stop_finishes_the_job_at_hand(installation: Installation) -> None:
    worker = installation.worker()
    installation.order("finish_first", key="a")
    installation.wait_for("began a")

    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=20)

    assert installation.count("ended a") == 1
    assert worker.returncode == 0


def test_a_failed_job_is_tried_again_later_and_later(installation: Installation) -> None:
    installation.order("stumble", key="a")
    installation.worker()

    installation.wait_for("tried a", times=3)

    first, second, third = (moment for moment, _line in installation.entries())
    assert second - first >= 1
    assert third - second >= 2
    assert installation.parked() == []


def test_a_poisonous_job_is_parked_and_the_rest_go_on(installation: Installation) -> None:
    installation.order("poison", key="p")
    installation.order("note", key="healthy")
    installation.worker()

    installation.wait_for("note healthy")
    installation.wait_until(lambda: len(installation.parked()) == 1)

    [(order_id, name, attempts, error)] = installation.parked()
    assert (name, attempts, error) == ("tests.jobs.jobs.poison", 2, "RuntimeError: never")
    installation.retry(order_id)
    installation.wait_for("tried p", times=4)


def test_a_job_that_kills_its_worker_is_parked(installation: Installation) -> None:
    installation.order("crash", key="c")
    installation.worker().wait(timeout=20)
    installation.order("note", key="healthy")

    installation.worker()

    installation.wait_for("note healthy")
    installation.wait_until(lambda: len(installation.parked()) == 1)
    assert installation.count("tried c") == 1


def test_an_urgent_job_overtakes(installation: Installation) -> None:
    for number in range(20):
        installation.order("dawdle", key=str(number))
    installation.order("urgent_note", key="code")

    installation.worker()

    installation.wait_for("note code")
    assert len(installation.entries()) <= 5


def test_an_order_that_waits_already_is_not_kept_twice(installation: Installation) -> None:
    for _time in range(3):
        installation.order("note", key="a", once="only-a")
    installation.worker()
    installation.wait_for("note a")

    installation.order("note", key="a", once="only-a")
    installation.order("note", key="last")

    installation.wait_for("note last")
    installation.wait_for("note a", times=2)
    time.sleep(0.5)
    assert installation.count("note a") == 2


def test_a_job_for_later_waits(installation: Installation) -> None:
    ordered_at = time.time()
    installation.order("note", key="later", delay=2)
    installation.worker()

    installation.wait_for("note later")

    assert installation.entries()[0][0] - ordered_at >= 2


def test_each_job_runs_once_however_many_workers(installation: Installation) -> None:
    for number in range(60):
        installation.order("note", key=str(number))

    installation.worker()
    installation.worker()

    installation.wait_until(lambda: len(installation.entries()) >= 60)
    time.sleep(0.5)
    assert len({line for _moment, line in installation.entries()}) == 60
    assert len(installation.entries()) == 60


def test_within_a_job_too_a_failed_transaction_orders_nothing(installation: Installation) -> None:
    installation.order("order_and_fail", key="inner")
    installation.worker()

    installation.wait_until(lambda: len(installation.parked()) == 1)

    assert installation.count("tried inner") == 2
    assert installation.count("note inner") == 0


def test_two_workers_keep_the_schedule_once(installation: Installation) -> None:
    installation.worker(TICKING="1")
    installation.worker(TICKING="1")

    installation.wait_for("tick", times=4)

    moments = [moment for moment, _line in installation.entries()]
    assert len(moments) <= moments[-1] - moments[0] + 2
