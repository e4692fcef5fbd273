"""The one process that works on an SQLite installation's jobs: a few threads, and a clock."""

import fcntl
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from paraph.kit import memory
from paraph.kit.engines import embedded
from paraph.kit.jobs import warm_up
from paraph.kit.schedules import order_due

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.02
"""So often is asked whether anybody has written: a signature waits for it a few times on its way,
and to ask takes a few thousandths of a core."""
BEAT_SECONDS = 1.0
IDLE_SECONDS = 1.0
ANY_PRIORITY = -(2**15)
LEAST_PRIORITIES = (ANY_PRIORITY, ANY_PRIORITY, 0, 1)
"""A thread to a number: two take jobs that can wait, while one waits for its disk or its server
the other goes on; one takes only urgent jobs."""

STEPS_BACK = 5
"""So much nicer, as Linux counts, are the threads that take jobs which can wait, and what they
start: they leave the cores to people's pages, and to codes."""


class Runner:
    """Works until it is told to stop; a second runner waits until the first is gone."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._news = threading.Condition()
        self._next_due_at: datetime | None = None
        self._seen_version = -1

    def stop(self) -> None:
        """Finish the jobs at hand and end; safe to call from a signal."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        with only_one(lock_file(), stopping=self._stopping) as is_mine:
            if is_mine:
                self._work()

    def _work(self) -> None:
        if taken_up := embedded.recover():
            logger.warning("%s interrupted jobs are taken up again", taken_up)
        warm_up()
        memory.settle()
        threads = [
            threading.Thread(target=self._lane, args=(least,), name=f"lane-{number}")
            for number, least in enumerate(LEAST_PRIORITIES)
        ]
        for thread in threads:
            thread.start()
        try:
            self._watch()
        finally:
            self.stop()
            self._tell()
            for thread in threads:
                thread.join()

    def _watch(self) -> None:
        """Order what is due, and wake the lanes when anybody has written to the database."""
        file, beats_at = lock_file(), 0.0
        while not self._stopping.wait(TICK_SECONDS):
            if time.monotonic() >= beats_at:
                beat(file)
                beats_at = time.monotonic() + BEAT_SECONDS
            try:
                self._look()
            except OperationalError:
                logger.exception("The clock could not reach its orders")
                self._stopping.wait(IDLE_SECONDS)

    def _look(self) -> None:
        now = timezone.now()
        if self._next_due_at is None or self._next_due_at <= now:
            later = now + timedelta(seconds=30)
            self._next_due_at = min(order_due(at=now) or later, later)
            self._tell()
        if (version := _data_version()) != self._seen_version:
            self._seen_version = version
            self._tell()

    def _lane(self, least_priority: int) -> None:
        if least_priority < 0:
            _step_back(STEPS_BACK)
        while not self._stopping.is_set():
            try:
                worked = embedded.work_on_next(least_priority=least_priority)
            except Exception:
                logger.exception("The runner could not reach its orders")
                worked = False
                self._stopping.wait(IDLE_SECONDS)
            if not worked:
                close_old_connections()
                with self._news:
                    self._news.wait(IDLE_SECONDS)
        connection.close()

    def _tell(self) -> None:
        with self._news:
            self._news.notify_all()


def lock_file() -> Path:
    """Return the file that a runner holds; its time is the runner's last heartbeat."""
    return Path(str(settings.DATABASES["default"]["NAME"]) + ".runner")


def _step_back(steps: int) -> None:
    """Let this thread, alone of the process, go behind the others where the cores are busy."""
    if sys.platform == "linux":
        own = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + steps)


@contextmanager
def only_one(file: Path, *, stopping: threading.Event) -> Iterator[bool]:
    """Hold the file until done or killed; wait for it, unless stopped while waiting."""
    with file.open("a") as handle:
        while not stopping.is_set():
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stopping.wait(0.2)
            else:
                yield True
                return
        yield False


def beat(file: Path) -> None:
    """Show that the runner is alive."""
    os.utime(file)


def seconds_since_beat(file: Path) -> float:
    """Return how long ago a runner last showed that it is alive."""
    return time.time() - file.stat().st_mtime


def _data_version() -> int:
    """Return a number that changes when another connection has committed.

    It is asked all day long, so past Django's cursors, which cost ten times as much.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])
