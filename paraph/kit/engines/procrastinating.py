"""The engine of an installation on PostgreSQL: Procrastinate, in the acting transaction."""

import logging
from collections.abc import Callable
from typing import Any, cast

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as Kept
from procrastinate.jobs import Status

from paraph.kit.jobs import JOBS, Id, Job, Order, Parked, backoff_seconds
from paraph.kit.models import Failure

logger = logging.getLogger(__name__)

HEARTBEATS = 5
"""So often a worker shows that it lives in the time after which it would count as dead."""

LANES = {"urgent": 1, "normal": 0, "idle": -(2**15)}
"""Procrastinate's queues are ours by priority, each with the least it takes. So a worker can
keep room for urgent jobs, and long jobs that can wait never fill it."""


class Backoff(BaseRetryStrategy):
    """The seam's promise about repetitions, as Procrastinate asks for it."""

    def __init__(self, retries: int) -> None:
        self._retries = retries

    def get_retry_decision(self, *, exception: BaseException, job: Kept) -> RetryDecision | None:
        """Wait longer after each failure; park the job after the last."""
        if job.attempts >= self._retries:
            return None
        return RetryDecision(retry_in={"seconds": backoff_seconds(job.attempts + 1)})


def enqueue(order: Order) -> None:
    """Keep the order in the open transaction."""
    deferrer = app.configure_task(
        order.job.name,
        allow_unknown=True,
        queue=lane(order.job),
        priority=order.job.priority,
        queueing_lock=order.once,
        schedule_at=order.run_at,
    )
    try:
        with transaction.atomic():
            deferrer.defer(**order.ids)
    except AlreadyEnqueued:
        logger.debug("%s is waiting already", order.once)


def lane(job: Job) -> str:
    """Return the queue that a job waits in."""
    return next(name for name, least in LANES.items() if job.priority >= least)


def parked() -> list[Parked]:
    """List the orders that were given up."""
    errors = dict(Failure.objects.values_list("order_id", "error"))
    return [
        Parked(kept.pk, kept.task_name, kept.args, kept.attempts, errors.get(kept.pk, ""))
        for kept in ProcrastinateJob.objects.filter(status="failed").order_by("id")
    ]


def retry(parked_id: int) -> None:
    """Give a parked order another full set of attempts."""
    _write(
        "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL"
        " WHERE id = %s AND status = 'failed'",
        parked_id,
    )


def worker_app() -> DjangoApp:
    """Return an app for a worker, which knows every job and has connections of its own.

    The one that orders jobs stays on Django's connection: within a job, too, an order
    belongs to the acting transaction.
    """
    connector = cast(DjangoConnector, app.connector)
    working = DjangoApp(connector=connector.get_worker_connector())
    for job in JOBS.values():
        task = working.task(
            name=job.name, queue=lane(job), retry=Backoff(job.retries), pass_context=True
        )
        task(_task(job))
    return working


def take_up_stalled() -> int:
    """Give the jobs of dead workers to the living; what killed workers too often is parked."""
    manager = app.job_manager
    find_stalled = async_to_sync(manager.get_stalled_jobs)
    silent_seconds = settings.PARAPH_STALLED_SECONDS
    stalled = list(find_stalled(seconds_since_heartbeat=silent_seconds))
    for kept in stalled:
        _take_up(kept)
    async_to_sync(manager.prune_stalled_workers)(silent_seconds)
    return len(stalled)


def _take_up(kept: Kept) -> None:
    job, manager = JOBS.get(kept.task_name), app.job_manager
    try:
        if job and kept.attempts >= job.retries:
            _remember(kept, "The worker ended in the middle of this job.")
            async_to_sync(manager.finish_job)(kept, Status.FAILED, delete_job=False)
        else:
            async_to_sync(manager.retry_job)(kept)
    except (ConnectorException, IntegrityError):
        logger.info("%s is taken up by another worker", kept.task_name, exc_info=True)


def _task(job: Job) -> Callable[..., None]:
    """Return the job as Procrastinate calls it."""

    def run(context: JobContext, **ids: Id) -> None:
        kept = context.job
        if kept.queueing_lock:
            # From here on a new order must not be dropped, nor collide with a retry of this one.
            _write("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s", kept.id)
        try:
            job(**ids)
        except Exception as failure:
            _remember(kept, f"{type(failure).__name__}: {failure}")
            raise
        if kept.attempts:
            Failure.objects.filter(pk=cast(int, kept.id)).delete()

    return run


def _remember(kept: Kept, error: str) -> None:
    Failure.objects.update_or_create(
        pk=cast(int, kept.id), defaults={"error": error[:2000], "at": timezone.now()}
    )


def _write(statement: str, *params: Any) -> None:
    """Write to a table that Procrastinate's models only let one read."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
