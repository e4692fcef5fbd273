"""Processes that start at once: forks of a host, which has loaded already what they need.

Loading Paraph takes two seconds of the processor, and tests that kill workers start a hundred of
them. A fork has nothing open, runs as its own process, and ends as any other does.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from importlib import import_module
from typing import IO, Any

INSTALLATION = ("tests.installed", "paraph.config.urls", "tests.make", "tests.invariants")
"""What processes of an installation need, which is the one of the host's environment."""


class HostDied(RuntimeError):
    """The host could not load what it was told to; what it said of that is shown."""


class Child:
    """A process that a host has started; ``stdin`` and ``stdout`` are for those who talk."""

    def __init__(self, pid: int, told: IO[str]) -> None:
        self.pid, self._told = pid, told
        self.returncode: int | None = None
        self.stdin: IO[str] | None = None
        self.stdout: IO[str] | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Return how it has ended, as ``Popen`` does."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = int(self._told.readline())
        return self.returncode

    def has_ended(self) -> bool:
        """Tell whether it has, without waiting."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode is not None

    def terminate(self) -> None:
        """Ask it to stop."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """Pull the plug."""
        self._signal(signal.SIGKILL)

    def close(self) -> None:
        """Kill it if it still lives, and close what leads to it."""
        self.kill()
        self.wait()
        for pipe in (self._told, self.stdin, self.stdout):
            if pipe:
                pipe.close()

    def _signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Host:
    """Starts processes that find these modules loaded, in this environment or another one."""

    def __init__(self, *loaded: str, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._end, theirs = socket.socketpair()
        self._children: list[Child] = []
        with theirs:
            command = [sys.executable, "-m", "tests.hosts", str(theirs.fileno()), *loaded]
            self._process = subprocess.Popen(
                command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )

    def start(
        self,
        *words: str,
        environment: Mapping[str, str] | None = None,
        talks: bool = False,
        log: IO[Any] | None = None,
    ) -> Child:
        """Start a process that runs a module, as ``python -m`` does."""
        if log:
            return self._start(words, environment, (0, log.fileno(), log.fileno()))
        if not talks:
            return self._start(words, environment, (0, 1, 2))
        (reads, stdin), (stdout, writes) = os.pipe(), os.pipe()
        child = self._start(words, environment, (reads, writes, 2))
        child.stdin, child.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout)
        os.close(reads)
        os.close(writes)
        return child

    def run(
        self, *words: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a module to its end; how it ended and what it said."""
        with ExitStack() as stack:
            out, err = (stack.enter_context(tempfile.TemporaryFile("w+")) for _each in "oe")
            child = self._start(words, environment, (0, out.fileno(), err.fileno()))
            code = child.wait()
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(words, code, out.read(), err.read())

    def close(self) -> None:
        """End all processes."""
        for child in self._children:
            child.close()
        self._end.close()
        self._process.wait()

    def _start(
        self,
        words: tuple[str, ...],
        environment: Mapping[str, str] | None,
        channels: tuple[int, int, int],
    ) -> Child:
        told, tells = os.pipe()
        order = {"words": words, "environment": dict(environment or self._environment)}
        socket.send_fds(self._end, [json.dumps(order).encode()], [*channels, tells])
        os.close(tells)
        says = os.fdopen(told, encoding="ascii")
        if not (pid := says.readline()):
            says.close()
            raise HostDied
        self._children.append(Child(int(pid), says))
        return self._children[-1]


def serve(end: socket.socket) -> list[str]:
    """Fork for each order; return in the fork alone, with the words of its command."""
    while True:
        order, channels, _flags, _address = socket.recv_fds(end, 1 << 20, 4)
        _bury(os.WNOHANG if order else 0)
        if not order:
            os._exit(0)
        if not os.fork():
            end.close()
            return _born(json.loads(order), *channels)
        for channel in channels:
            os.close(channel)


def _bury(how: int) -> None:
    """Wait for those forks that have ended; they would stay as dead ones."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def _born(order: dict[str, Any], *channels: int) -> list[str]:
    """Become the process that was ordered, beside one that tells its number and its end."""
    *own, tells = channels
    if child := os.fork():
        for channel in own:
            os.close(channel)
        os.write(tells, f"{child}\n".encode())
        _number, status = os.waitpid(child, 0)
        os.write(tells, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    os.close(tells)
    for number, channel in enumerate(own):
        os.dup2(channel, number)
        os.close(channel)
    os.environ.clear()
    os.environ.update(order["environment"])
    return list(order["words"])


def main(end: str, *loaded: str) -> None:
    """Load the modules, and be a host; or, in a fork, the command that it was asked for."""
    for module in loaded:
        import_module(module)
    gc.freeze()  # or each fork would touch, and so copy, all that was loaded
    module, *words = serve(socket.socket(fileno=int(end)))
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
