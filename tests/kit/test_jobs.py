"""The jobs seam as other tests see it: at once after the commit."""

from datetime import timedelta

import pytest

from paraph.kit import db
from paraph.kit.engines import embedded, inline
from paraph.kit.jobs import JOBS, UnknownJob, backoff_seconds, enqueue, find, job
from paraph.kit.models import KeptOrder
from tests.moments import NOON

pytestmark = pytest.mark.django_db

ran: list[str] = []


@job
def remember(word: str) -> None:
    """Write down the word."""
    ran.append(word)


@job(priority=10)
def remember_first(word: str) -> None:
    """Write down the word before the others."""
    ran.append(word)


@job
def order_another() -> None:
    """Order a job from within a job."""
    with db.unit_of_work():
        enqueue(remember, word="from within")
    ran.append("ordered")


@job
def fail() -> None:
    """Always fail."""
    raise ArithmeticError("a failing job")


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


def test_a_job_runs_after_the_commit() -> None:
    with db.unit_of_work():
        enqueue(remember, word="a")
        assert ran == []

    assert ran == ["a"]


def test_a_job_of_a_rolled_back_transaction_never_runs() -> None:
    with pytest.raises(ArithmeticError), db.unit_of_work():
        enqueue(remember, word="a")
        raise ArithmeticError

    with db.unit_of_work():
        enqueue(remember, word="b")

    assert ran == ["b"]


def test_a_job_can_only_be_ordered_in_a_transaction() -> None:
    with pytest.raises(db.NotInTransaction):
        enqueue(remember, word="a")


def test_the_urgent_job_runs_first() -> None:
    with db.unit_of_work():
        enqueue(remember, word="later")
        enqueue(remember_first, word="first")

    assert ran == ["first", "later"]


def test_a_job_ordered_by_a_job_runs_after_it() -> None:
    with db.unit_of_work():
        enqueue(order_another)

    assert ran == ["ordered", "from within"]


def test_the_same_order_is_kept_once() -> None:
    with db.unit_of_work():
        enqueue(remember, word="a", once="a")
        enqueue(remember, word="a", once="a")

    assert ran == ["a"]


def test_a_job_for_later_is_only_kept() -> None:
    with db.unit_of_work():
        enqueue(remember, word="a", run_at=NOON + timedelta(hours=1))

    assert ran == []
    assert [order.ids for order in inline.orders.postponed] == [{"word": "a"}]


def test_orders_for_later_can_be_handed_to_an_engine_that_keeps_them() -> None:
    with db.unit_of_work():
        enqueue(remember, word="a", run_at=NOON, once="a")

    inline.hand_over(embedded)

    kept = KeptOrder.objects.get()
    assert (kept.ids, kept.run_at, kept.once) == ({"word": "a"}, NOON, "a")
    assert inline.orders.postponed == []


def test_a_failing_job_fails_its_test() -> None:
    with pytest.raises(ArithmeticError, match="a failing job"), db.unit_of_work():
        enqueue(fail)


def test_jobs_are_found_by_name() -> None:
    assert find("tests.kit.test_jobs.remember") is remember
    with pytest.raises(UnknownJob):
        find("tests.kit.test_jobs.forget")


def test_every_job_of_the_installation_says_what_it_promises() -> None:
    silent = [name for name, known in JOBS.items() if not known.run.__doc__]

    assert silent == []


def test_waiting_doubles_up_to_ten_minutes() -> None:
    assert [backoff_seconds(attempt) for attempt in (1, 2, 3, 10, 11)] == [1, 2, 4, 512, 600]
