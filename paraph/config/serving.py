"""The processes of ``paraph serve``: started, watched, started again, and stopped together."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from django.conf import settings

from paraph.kit import runner

logger = logging.getLogger(__name__)

PARAPH = (sys.executable, "-m", "paraph.config.cli")
THREADS_PER_WORKER = 4
SILENCE_SECONDS = 30
"""A runner that shows no sign of life for so long is frozen, and is replaced."""

RUNNER_YIELDS = 5
"""Sealing can wait a moment when every core is busy; people who look at a page cannot."""

LEAN = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""Files come and go in blocks of some 100 KB. By itself glibc learns to keep such blocks, and an
archive of a thousand documents grew the web process by 32 MiB (12 MiB so, and no more after)."""

_PR_SET_PDEATHSIG = 1


@dataclass
class Charge:
    """One process in our care."""

    name: str
    command: Sequence[str]
    is_well: Callable[[], bool] = lambda: True
    yields: int = 0  # how far it steps back behind the others, as ``nice`` counts
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, in a group of its own, so that a Ctrl-C reaches only us."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  our own command
            self.command,
            env={**LEAN, **os.environ},
            start_new_session=True,
            preexec_fn=self._prepare,
        )

    def _prepare(self) -> None:
        os.nice(self.yields)
        _end_with_parent()

    def look_after(self) -> None:
        """Start it again if it has died or is frozen; the more often it dies, the later."""
        if self.process and self.process.poll() is None:
            if time.monotonic() - self.started_at > SILENCE_SECONDS and not self.is_well():
                logger.error("The %s is frozen and is replaced", self.name)
                self.end(signal.SIGKILL)
            return

        now = time.monotonic()
        if self.process:
            logger.error("The %s ended (%s) and starts again", self.name, self.process.returncode)
            self.end(signal.SIGKILL)
            self.deaths = [death for death in self.deaths if now - death < 60] + [now]
            self.process = None
        if not self.deaths or now - self.deaths[-1] >= min(0.2 * 2 ** len(self.deaths), 10):
            self.start()

    def end(self, number: signal.Signals) -> None:
        """Send a signal to the process and to all that it started."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Household:
    """All processes of one ``paraph serve``."""

    def __init__(self, charges: Sequence[Charge]) -> None:
        self.charges = charges
        self._is_ending = False

    def run(self, when_ready: Callable[[], None]) -> None:
        """Look after the processes until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        try:
            self._start(when_ready)
            while not self._is_ending:
                for charge in self.charges:
                    charge.look_after()
                time.sleep(0.2)
        finally:
            self._put_to_rest()

    def _start(self, when_ready: Callable[[], None]) -> None:
        for charge in self.charges:
            charge.start()
        while not self._is_ending and not port_answers():
            for charge in self.charges:
                charge.look_after()
            time.sleep(0.1)
        if not self._is_ending:
            when_ready()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._is_ending = True

    def _put_to_rest(self) -> None:
        """Let every process finish what it has at hand, for 20 seconds."""
        for charge in self.charges:
            charge.end(signal.SIGTERM)
        deadline = time.monotonic() + 20
        for charge in self.charges:
            with suppress(subprocess.TimeoutExpired):
                if charge.process:
                    charge.process.wait(max(0.1, deadline - time.monotonic()))
            charge.end(signal.SIGKILL)


def household() -> Household:
    """Return the processes of this installation: the web server, and a runner on SQLite."""
    charges = [Charge("web server", web_server())]
    if settings.PARAPH_JOBS == "embedded":
        file = runner.lock_file()
        charges.append(
            Charge(
                "job runner",
                [*PARAPH, "runner"],
                is_well=lambda: runner.seconds_since_beat(file) < SILENCE_SECONDS,
                yields=RUNNER_YIELDS,
            )
        )
    return Household(charges)


def web_server() -> list[str]:
    """Return the command that serves the pages, by a worker to each core if nobody says else."""
    options = {
        "interface": "wsgi",
        "host": settings.PARAPH_HOST,
        "port": str(settings.PORT),
        "workers": str(settings.PARAPH_WEB_PROCESSES),
        "blocking-threads": str(THREADS_PER_WORKER),
        "workers-kill-timeout": "10",
        "log-level": "warning",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    application = "paraph.config.wsgi:application"
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *words, *flags, application]


def port_answers() -> bool:
    """Tell whether somebody listens where we serve."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.PARAPH_HOST, settings.PARAPH_HOST)  # noqa: S104
    try:
        with socket.create_connection((host, settings.PORT), timeout=0.5):
            return True
    except OSError:
        return False


def _end_with_parent() -> None:
    """Have Linux end the process when ``paraph serve`` itself is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
