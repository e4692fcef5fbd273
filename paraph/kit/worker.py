"""A process that works on a PostgreSQL installation's jobs; any number may run, anywhere."""

import asyncio
import logging
import signal
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django import DjangoApp

from paraph.kit import memory
from paraph.kit.engines import procrastinating
from paraph.kit.jobs import warm_up
from paraph.kit.schedules import order_due

logger = logging.getLogger(__name__)

THREADS = {("urgent",): 1, ("urgent", "normal"): 2, ("urgent", "normal", "idle"): 1}
"""How many jobs at once, by the lanes they come from; as many as on SQLite."""

POLLING_SECONDS = 1.0
SWEEPS = 3
"""So often is looked for dead workers in the time after which one counts as dead."""


class Worker:
    """Works until it is told to stop, through restarts of the database."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._work: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the jobs at hand are finished first."""
        warm_up()
        memory.settle()
        keeper = threading.Thread(target=self._keep_house, name="housekeeping")
        keeper.start()
        try:
            asyncio.run(self._work_until_stopped())
        finally:
            self._stopping.set()
            keeper.join()

    async def _work_until_stopped(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        while not self._stopping.is_set():
            self._work = loop.create_task(_work())
            try:
                await self._work
            except asyncio.CancelledError:
                return
            except Exception:
                logger.exception("The worker lost its footing and starts again")
            if not self._stopping.is_set():
                await asyncio.sleep(1)

    def _stop(self) -> None:
        self._stopping.set()
        if self._work:
            self._work.cancel()

    def _keep_house(self) -> None:
        """Order what is due, and take up what dead workers left."""
        due_at = sweep_at = timezone.now()
        while not self._stopping.wait(0.2):
            now = timezone.now()
            try:
                due_at = _order_due(due_at, now=now)
                if sweep_at <= now:
                    sweep_at = now + timedelta(seconds=settings.PARAPH_STALLED_SECONDS / SWEEPS)
                    procrastinating.take_up_stalled()
            except Exception:
                logger.exception("The worker could not look after its orders")
                close_old_connections()
                self._stopping.wait(1)
        connection.close()


def _order_due(due_at: datetime, *, now: datetime) -> datetime:
    later = now + timedelta(seconds=30)
    return min(order_due(at=now) or later, later) if due_at <= now else due_at


async def _work() -> None:
    """Work in all lanes; when one fails, all begin again."""
    app = procrastinating.worker_app()
    async with app.open_async(), asyncio.TaskGroup() as together:
        for lanes, concurrency in THREADS.items():
            together.create_task(_work_in(app, lanes, concurrency=concurrency))


async def _work_in(app: DjangoApp, lanes: Sequence[str], *, concurrency: int) -> None:
    await app.run_worker_async(
        queues=list(lanes),  # a tuple would reach PostgreSQL as a record
        concurrency=concurrency,
        delete_jobs="successful",
        fetch_job_polling_interval=POLLING_SECONDS,
        update_heartbeat_interval=settings.PARAPH_STALLED_SECONDS / procrastinating.HEARTBEATS,
        stalled_worker_timeout=settings.PARAPH_STALLED_SECONDS,
        install_signal_handlers=False,
    )
    raise LaneClosed


class LaneClosed(RuntimeError):
    """Procrastinate ended its work by itself, as it does when it loses its listener."""
