"""The engine of an installation on SQLite: orders are rows, and one runner works on them.

``paraph.kit.runner`` is that one process. It holds a file lock while it lives, so an order
that is *running* without a runner was cut short and is simply taken up again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from paraph.kit import db
from paraph.kit.inserting import insert_many
from paraph.kit.jobs import JOBS, Order, Parked, backoff_seconds, find
from paraph.kit.models import Failure, KeptOrder

logger = logging.getLogger(__name__)

State = KeptOrder.State

# Around each of the many small jobs these are asked: to build them anew took longer than to ask.
NEXT = (
    "SELECT * FROM kit_job WHERE state = %s AND run_at <= %s AND priority >= %s "
    "ORDER BY priority DESC, id LIMIT 1"
)
TAKE = (
    "UPDATE kit_job SET state = %s, once = NULL, attempts = attempts + 1 "
    "WHERE id = %s AND state = %s AND attempts = %s"
)
DONE = "DELETE FROM kit_job WHERE id = %s"
UNKNOWN_JOB_RETRIES = 8
"""A job that this release does not know may be one of the next release's."""


def enqueue(order: Order) -> None:
    """Keep the order in the open transaction."""
    kept = KeptOrder(
        name=order.job.name,
        ids=dict(order.ids),
        queue=order.job.queue,
        priority=order.job.priority,
        run_at=order.run_at or timezone.now(),
        once=order.once,
    )
    if order.once is None:
        insert_many([kept])
    else:  # what waits already stays as it is; any other conflict is an error
        KeptOrder.objects.bulk_create(
            [kept], update_conflicts=True, unique_fields=["once"], update_fields=["once"]
        )


def parked() -> list[Parked]:
    """List the orders that were given up."""
    errors = dict(Failure.objects.values_list("order_id", "error"))
    return [
        Parked(order.pk, order.name, order.ids, order.attempts, errors.get(order.pk, ""))
        for order in KeptOrder.objects.filter(state=State.PARKED).order_by("id")
    ]


@db.joining
def retry(parked_id: int) -> None:
    """Give a parked order another full set of attempts."""
    parked_one = KeptOrder.objects.filter(pk=parked_id, state=State.PARKED)
    if parked_one.update(state=State.WAITING, attempts=0, run_at=timezone.now()):
        Failure.objects.filter(pk=parked_id).delete()


def recover() -> int:
    """Take up again what a killed runner left; what killed it too often is parked."""
    left = list(KeptOrder.objects.filter(state=State.RUNNING))
    for order in left:
        _put_back(order, "The worker ended in the middle of this job.", at=timezone.now())
    return len(left)


def work_on_next(*, least_priority: int) -> bool:
    """Run the most urgent order that is due; say whether there was one.

    That it was taken and that it is done need not outlast a power cut: a job may run twice.
    """
    with db.soon_durable():
        order = _claim(least_priority=least_priority)
    if order is None:
        return False
    try:
        find(order.name)(**order.ids)
    except Exception as failure:
        logger.warning("%s failed, attempt %s", order.name, order.attempts, exc_info=True)
        _put_back(order, f"{type(failure).__name__}: {failure}", at=timezone.now())
    else:
        with db.soon_durable():
            _finish(order)
    return True


def _claim(*, least_priority: int) -> KeptOrder | None:
    """Take an order. Looking costs no write lock, so an idle runner disturbs nobody."""
    while (order := _next(least_priority=least_priority)) is not None:
        if _is_taken(order):
            order.state, order.once, order.attempts = State.RUNNING, None, order.attempts + 1
            return order
    return None


@db.joining
def _is_taken(order: KeptOrder) -> bool:
    # The attempts are compared too: since we looked, another lane may have tried and failed.
    return bool(_changed(TAKE, [State.RUNNING, order.pk, State.WAITING, order.attempts]))


def _next(*, least_priority: int) -> KeptOrder | None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return next(iter(KeptOrder.objects.raw(NEXT, [State.WAITING, now, least_priority])), None)


def _changed(statement: str, values: Sequence[str | int]) -> int:
    """Run one statement, and say how many orders it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@db.joining
def _finish(order: KeptOrder) -> None:
    if order.attempts > 1:
        Failure.objects.filter(pk=order.pk).delete()
    _changed(DONE, [order.pk])


@db.joining
def _put_back(order: KeptOrder, error: str, *, at: datetime) -> None:
    """Let a failed order wait for its next attempt, or park it after the last one."""
    Failure.objects.update_or_create(pk=order.pk, defaults={"error": error[:2000], "at": at})
    job = JOBS.get(order.name)
    is_last = order.attempts > (job.retries if job else UNKNOWN_JOB_RETRIES)
    order.state = State.PARKED if is_last else State.WAITING
    order.run_at = at + timedelta(seconds=backoff_seconds(order.attempts))
    order.save(update_fields=["state", "run_at"])
