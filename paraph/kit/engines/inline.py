"""The engine of the tests and of the demo's loading: jobs run at once after the commit.

A failing job fails its test. Nothing is kept: a crash forgets what had not run.
"""

import threading
from functools import partial

from paraph.kit import db
from paraph.kit.jobs import Engine, Order, Parked


class _Orders(threading.local):
    """What this thread still has to do, and what it keeps for later."""

    def __init__(self) -> None:
        self.waiting: list[Order] = []
        self.postponed: list[Order] = []
        self.is_working = False


orders = _Orders()


def enqueue(order: Order) -> None:
    """Run the order after the outermost transaction; one with a ``run_at`` is only kept."""
    db.after_commit(partial(_take, order))
    db.after_commit(_work)


def parked() -> list[Parked]:
    """Nothing is ever parked: failures are raised."""
    return []


def retry(parked_id: int) -> None:
    """There is nothing to retry."""


@db.joining
def hand_over(engine: Engine) -> None:
    """Give the orders that are for later to an engine that keeps them."""
    for order in orders.postponed:
        engine.enqueue(order)
    orders.postponed = []


def forget() -> None:
    """Drop what is left over from an earlier test."""
    orders.waiting, orders.postponed, orders.is_working = [], [], False


def _take(order: Order) -> None:
    line = orders.waiting if order.run_at is None else orders.postponed
    known = {other.once for other in (*orders.waiting, *orders.postponed)}
    if order.once is None or order.once not in known:
        line.append(order)


def _work() -> None:
    if orders.is_working:
        return
    orders.is_working = True
    try:
        while orders.waiting:
            urgent = max(orders.waiting, key=lambda order: order.job.priority)
            orders.waiting.remove(urgent)
            urgent.job(**urgent.ids)
    finally:
        orders.waiting.clear()
        orders.is_working = False
