"""What the jobs seam promises, asked of both engines with real processes."""

import time

import pytest

from tests.jobs.conftest import PATIENCE_SECONDS, Engine, kill

pytestmark = pytest.mark.slow


def test_a_rolled_back_transaction_orders_nothing(engine: Engine) -> None:
    engine.order("note", key="regretted", fail=True)
    engine.order("note", key="meant")

    engine.worker()

    engine.wait_for("note meant")
    assert engine.count("note regretted") == 0


def test_a_waiting_worker_wakes_for_what_is_ordered(engine: Engine) -> None:
    engine.worker()
    engine.order("note", key="first")
    engine.wait_for("note first")

    engine.order("note", key="second")

    engine.wait_for("note second")
    assert engine.count("note first") == 1


def test_a_job_of_a_killed_worker_runs_again(engine: Engine) -> None:
    worker = engine.worker()
    engine.order("linger", key="a")
    engine.wait_for("began a")

    kill(worker)
    engine.worker()

    engine.wait_for("ended a")
    assert engine.count("began a") == 2


def test_another_worker_takes_over_from_a_killed_one(engine: Engine) -> None:
    worker = engine.worker()
    engine.order("linger", key="a")
    engine.wait_for("began a")
    engine.worker()

    kill(worker)

    engine.wait_for("ended a")


def test_a_polite_stop_finishes_the_job_at_hand(engine: Engine) -> None:
    worker = engine.worker()
    engine.order("finish_first", key="a")
    engine.wait_for("began a")

    worker.terminate()
    worker.wait(timeout=PATIENCE_SECONDS)

    assert engine.count("ended a") == 1
    assert worker.returncode == 0


def test_a_failed_job_is_tried_again_later_and_later(engine: Engine) -> None:
    engine.order("stumble", key="a")
    engine.worker()

    engine.wait_for("tried a", times=3)

    first, second, third = (moment for moment, _line in engine.entries())
    assert second - first >= 1
    assert third - second >= 2
    assert engine.parked() == []


def test_a_poisonous_job_is_parked_and_the_rest_go_on(engine: Engine) -> None:
    engine.order("poison", key="p")
    engine.order("note", key="healthy")
    engine.worker()

    engine.wait_for("note healthy")
    engine.wait_until(lambda: len(engine.parked()) == 1)

    [(order_id, name, attempts, error)] = engine.parked()
    assert (name, attempts, error) == ("tests.jobs.jobs.poison", 2, "RuntimeError: never")
    engine.retry(order_id)
    engine.wait_for("tried p", times=4)


def test_a_job_that_kills_its_worker_is_parked(engine: Engine) -> None:
    engine.order("crash", key="c")
    engine.worker().wait(timeout=PATIENCE_SECONDS)
    engine.order("note", key="healthy")

    engine.worker()

    engine.wait_for("note healthy")
    engine.wait_until(lambda: len(engine.parked()) == 1)
    assert engine.count("tried c") == 1


def test_an_urgent_job_overtakes(engine: Engine) -> None:
    for number in range(20):
        engine.order("dawdle", key=str(number))
    engine.order("urgent_note", key="code")

    engine.worker()

    engine.wait_for("note code")
    assert engine.lines().index("note code") < 5


def test_a_job_that_can_wait_runs_when_the_others_are_done(engine: Engine) -> None:
    engine.order("idle_note", key="later")
    for number in range(8):
        engine.order("dawdle", key=str(number))

    engine.worker()

    engine.wait_for("note later")
    assert engine.lines().index("note later") >= 4


def test_an_order_that_waits_already_is_not_kept_twice(engine: Engine) -> None:
    for _time in range(3):
        engine.order("note", key="a", once="only-a")
    engine.worker()
    engine.wait_for("note a")

    engine.order("note", key="a", once="only-a")
    engine.order("note", key="last")

    engine.wait_for("note last")
    engine.wait_for("note a", times=2)
    time.sleep(0.5)
    assert engine.count("note a") == 2


def test_a_job_for_later_waits(engine: Engine) -> None:
    ordered_at = time.time()
    engine.order("note", key="later", delay=2)
    engine.worker()

    engine.wait_for("note later")

    assert engine.entries()[0][0] - ordered_at >= 2


def test_each_job_runs_once_however_many_workers(engine: Engine) -> None:
    for number in range(60):
        engine.order("note", key=str(number))

    engine.worker()
    engine.worker()

    engine.wait_until(lambda: len(engine.entries()) >= 60)
    time.sleep(0.5)
    assert len({line for _moment, line in engine.entries()}) == 60
    assert len(engine.entries()) == 60


def test_within_a_job_too_a_failed_transaction_orders_nothing(engine: Engine) -> None:
    engine.order("order_and_fail", key="inner")
    engine.worker()

    engine.wait_until(lambda: len(engine.parked()) == 1)

    assert engine.count("tried inner") == 2
    assert engine.count("note inner") == 0


def test_two_workers_keep_the_schedule_once(engine: Engine) -> None:
    begun = time.time()
    engine.worker(TICKING="1")
    engine.worker(TICKING="1")

    engine.wait_for("tick", times=10)

    moments = [moment for moment, _line in engine.entries()]
    assert len(moments) <= moments[-1] - begun + 2
