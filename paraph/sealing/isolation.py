"""Runs one of our functions in a child process that a hostile file cannot harm.

The child has limits on memory, processor and wall time, and no network where the machine
allows; bytes and JSON go in, JSON comes out. Stronger walls are the caller's to bring.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from paraph.sealing.draft import Cuttable, pieces

_MEBIBYTE = 1024 * 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # flags of unshare(2)


@dataclass(frozen=True)
class Limits:
    """What a child may use before it is ended."""

    memory_mib: int = 512
    cpu_seconds: int = 20
    wall_seconds: int = 30


class IsolationFailed(Exception):
    """The child gave no answer."""

    code: ClassVar[str] = "check-failed"


class TookTooLong(IsolationFailed):
    """The child was ended because it ran out of time."""

    code = "too-slow"


class NeededTooMuchMemory(IsolationFailed):
    """The child was ended because it ran out of memory."""

    code = "too-large"


Task = Callable[..., Any]  # takes blobs and JSON values, returns JSON


def isolated(
    task: str,
    *,
    blobs: Sequence[Cuttable],
    arguments: dict[str, Any],
    limits: Limits | None = None,
    walls: Sequence[str] = (),
) -> Any:  # JSON
    """Run `task` ("module:function") in a child, and return its JSON answer.

    The function gets the blobs in order, then the arguments by name. The walls are words that
    stand before the child's command, such as those of bubblewrap.
    """
    limits = limits or Limits()
    header = {"sizes": [len(blob) for blob in blobs], "arguments": arguments}
    figures = (str(limits.memory_mib), str(limits.cpu_seconds))
    with tempfile.TemporaryFile() as handed:  # joined in memory, a large file would be there twice
        handed.write(json.dumps(header).encode() + b"\n")
        for blob in blobs:
            handed.writelines(pieces(blob))
        handed.seek(0)
        try:
            child = subprocess.run(  # noqa: S603 - our own interpreter and module
                [*walls, sys.executable, "-BP", "-m", __name__, task, *figures],
                stdin=handed,
                capture_output=True,
                timeout=limits.wall_seconds,
                env=_bare_environment(),
            )
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
    return _answer(child)


def _bare_environment() -> dict[str, str]:
    """Keep secrets in the environment away from whatever a file may do to the child."""
    wanted = ("PATH", "LANG", "LC_ALL", "TZ")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2])}


_OUT_OF_MEMORY = 70
# SIGXCPU, then SIGKILL at the hard limit; bubblewrap tells them as shells do.
_OUT_OF_TIME = (-24, -9, 128 + 24, 128 + 9)


def _answer(child: "subprocess.CompletedProcess[bytes]") -> Any:  # JSON
    if child.returncode in _OUT_OF_TIME:
        raise TookTooLong
    if child.returncode == _OUT_OF_MEMORY:
        raise NeededTooMuchMemory
    try:
        return json.loads(child.stdout)
    except ValueError:
        raise IsolationFailed(child.stderr.decode(errors="replace")[-2000:]) from None


def _leave_the_network() -> None:
    """Step into an empty network of our own, where the kernel lets us."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def _confine(memory_mib: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mib * _MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _leave_the_network()


def _run(task: str, *, memory_mib: int, cpu_seconds: int) -> Any:  # JSON
    _confine(memory_mib, cpu_seconds)
    header = json.loads(sys.stdin.buffer.readline())
    blobs = [sys.stdin.buffer.read(size) for size in header["sizes"]]
    module, _, name = task.partition(":")
    function: Task = getattr(importlib.import_module(module), name)
    return function(*blobs, **header["arguments"])


def _main(task: str, memory_mib: str, cpu_seconds: str) -> int:
    gc.set_threshold(200_000)  # parsers make small things by the million, most of them to stay
    logging.disable()  # a hostile file could make a library fill our pipes
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    try:
        answer = _run(task, memory_mib=int(memory_mib), cpu_seconds=int(cpu_seconds))
    except MemoryError:
        return _OUT_OF_MEMORY
    with os.fdopen(out, "w") as stream:
        json.dump(answer, stream)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:4]))
