"""A child of the sandbox that is started ahead of its work, for a verb that is slow to start."""

from __future__ import annotations

import atexit
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from . import sandbox
from .processes import Process
from .sandbox import Confinement, Limits, Outcome


class Standby:
    """Keeps one child started ahead of its work, for a verb that is slow to start.

    Each child does one job and is gone. The first is started after the first job, so that an
    installation which never needs the verb keeps none; one that waits too long is ended.
    """

    def __init__(self, verb: str, *, limits: Limits, **options: object) -> None:
        self._verb, self._limits, self._options = verb, limits, options
        self._lock = threading.Lock()
        self._waiting: _Waiting | None = None
        # One lasting thread starts them all: bubblewrap ends when the thread that began it does.
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="standby")
        atexit.register(self.dismiss)

    def run(self, files: Sequence[bytes], **options: object) -> Outcome:
        """Do the verb on the files, by the waiting child if there is one; raises ``Rejected``."""
        walls, options = sandbox.confinement(), {**self._options, **options}
        waiting = self._take()
        try:
            if waiting is None or waiting.walls is not walls or not waiting.process.is_alive:
                return sandbox.run(self._verb, files, limits=self._limits, walls=walls, **options)
            return waiting.work(files, options, limits=self._limits)
        finally:
            if waiting is not None:
                waiting.dismiss()
            self._prepare(walls)

    def dismiss(self) -> None:
        """End the child that waits, if any does."""
        if (waiting := self._take()) is not None:
            waiting.dismiss()

    @property
    def is_waiting(self) -> bool:
        return self._waiting is not None

    def _take(self) -> _Waiting | None:
        with self._lock:
            waiting, self._waiting = self._waiting, None
        return waiting

    def _prepare(self, walls: Confinement) -> None:
        if settings.PARAPH_STANDBY_SECONDS > 0 and not self.is_waiting:
            self._starter.submit(self._start, walls, settings.PARAPH_STANDBY_SECONDS)

    def _start(self, walls: Confinement, seconds: int) -> None:
        if self.is_waiting:
            return
        waiting = _Waiting(self._verb, self._options, limits=self._limits, walls=walls)
        with self._lock:
            self._waiting = waiting
        timer = threading.Timer(seconds, self._expire, [waiting])
        timer.daemon = True
        timer.start()

    def _expire(self, waiting: _Waiting) -> None:
        with self._lock:
            is_idle = self._waiting is waiting
            self._waiting = None if is_idle else self._waiting
        if is_idle:
            waiting.dismiss()


class _Waiting:
    """A child that has started, and the private folder in which its one job will lie."""

    def __init__(
        self, verb: str, options: Mapping[str, object], *, limits: Limits, walls: Confinement
    ) -> None:
        self.walls = walls
        self._home = tempfile.TemporaryDirectory(prefix="paraph-")
        self._folder = Path(self._home.name)
        sandbox.put_into(self._folder, (), options)
        command = sandbox.command_of(verb, self._folder, limits=limits, walls=walls, waits=True)
        self.process = Process(command, folder=self._folder, waits=True)

    def work(
        self, files: Sequence[bytes], options: Mapping[str, object], *, limits: Limits
    ) -> Outcome:
        """Give the child its one job, and wait for the answer."""
        sandbox.put_into(self._folder, files, options)
        self.process.go_on()
        return sandbox.outcome_of(self.process, self._folder, limits)

    def dismiss(self) -> None:
        """End the child and forget its folder; once more is harmless."""
        self.process.end()
        self._home.cleanup()
