"""Starts a child process of our own, and ends it in time with everything that it started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
_LAST_MOMENT_MS = 5_000


class TimeIsUp(Exception):
    """The child took longer than it may."""


class Process:
    """A running child; it may be told to go on once, through its standard input."""

    def __init__(self, command: Sequence[str], *, folder: Path, waits: bool = False) -> None:
        self._ended, alive = os.pipe()
        self._child = subprocess.Popen(  # noqa: S603  our own program
            command,
            stdin=subprocess.PIPE if waits else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd=folder,
            start_new_session=True,
            pass_fds=[alive],
        )
        os.close(alive)
        self._is_closed = False

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def go_on(self) -> None:
        """Let a child that waits begin its work; one that is gone does not mind."""
        if self._child.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._child.stdin.write(b"go\n")
                self._child.stdin.close()

    def finish(self, *, within_seconds: float) -> int:
        """Wait for the end and return the status; raises ``TimeIsUp`` after ending it."""
        try:
            if self.is_alive and not _has_ended(self._child.pid, within_seconds=within_seconds):
                raise TimeIsUp
            return self._child.wait()
        finally:
            self.end()

    def end(self) -> None:
        """End the child and whatever it started, if they still run; once more is harmless."""
        if self._is_closed:
            return
        self._is_closed = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        if self._child.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._child.stdin.close()
        self._wait_until_closed()

    def _wait_until_closed(self) -> None:
        """Wait for the last process that holds the other end of this pipe, for a moment at most.

        What bubblewrap started is ended by the kernel, a little after bubblewrap itself.
        """
        hung_up = select.poll()
        hung_up.register(self._ended, 0)
        hung_up.poll(_LAST_MOMENT_MS)
        os.close(self._ended)


def _has_ended(pid: int, *, within_seconds: float) -> bool:
    """Wait for the end of a child; unlike ``Popen.wait`` it is told of it and need not look."""
    child = os.pidfd_open(pid)
    try:
        ends = select.poll()
        ends.register(child, select.POLLIN)
        return bool(ends.poll(within_seconds * 1000))
    finally:
        os.close(child)


def environment() -> dict[str, str]:
    """Keep the environment, which may hold secrets, away from the child."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(CODE.parent), "MALLOC_ARENA_MAX": "1"}
