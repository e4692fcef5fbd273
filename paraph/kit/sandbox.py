"""Runs the child that opens foreign files, behind walls: limits, no network, no files of ours.

Nothing else in Paraph parses, converts or renders a file that somebody gave us, except the
check of signatures in ``sealing``: its child gets the same walls from here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from .child.job import ANSWER, INPUT, OPTIONS, WORKSHOP
from .processes import CODE, Process, TimeIsUp

_MEBIBYTE = 1024 * 1024
INSIDE = "/job"  # where bubblewrap shows the private folder


class Confinement(StrEnum):
    """How strong the walls are on this machine, strongest first."""

    BUBBLEWRAP = "bubblewrap"  # own network, and only programs and the one job to be seen
    NAMESPACE = "namespace"  # own network
    LIMITS = "limits"  # memory, processor and time alone


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    memory_mib: int = 512
    cpu_seconds: int = 20
    wall_seconds: float = 30
    file_mib: int = 200
    shows: tuple[str, ...] = ()  # folders of programs that bubblewrap shows besides


@dataclass(frozen=True)
class Outcome:
    """What a verb answered, and the files it left."""

    answer: Mapping[str, Any]  # JSON
    files: Mapping[str, bytes]


class Rejected(Exception):
    """The file cannot be used: refused by the child, or it made the child fail."""

    def __init__(self, code: str, facts: Mapping[str, int | str] | None = None) -> None:
        self.code, self.facts = code, dict(facts or {})
        super().__init__(code)


class SandboxUnusable(Exception):
    """The confinement that this installation insists on does not work here."""


def run(
    verb: str,
    files: Sequence[bytes] = (),
    *,
    limits: Limits | None = None,
    walls: Confinement | None = None,
    **options: object,
) -> Outcome:
    """Do one verb on the files in a fresh child; raises ``Rejected`` when there is no good answer.

    A verb is a function of ours that takes a ``Job``, as ``module:name``. Unless they are named,
    the walls are those that hold here.
    """
    limits, walls = limits or Limits(), walls or confinement()
    with tempfile.TemporaryDirectory(prefix="paraph-") as name:
        folder = Path(name)
        put_into(folder, files, options)
        child = Process(command_of(verb, folder, limits=limits, walls=walls), folder=folder)
        return outcome_of(child, folder, limits)


def confinement() -> Confinement:
    """Tell how children are confined here, having tried it."""
    return _chosen(settings.PARAPH_SANDBOX)


def walls() -> list[str]:
    """Return the words to put before a child's command; none where bubblewrap is not used.

    The child sees programs and our code, talks through its pipes, and keeps no file.
    """
    return _bubblewrap() if confinement() is Confinement.BUBBLEWRAP else []


def works(walls: Confinement) -> bool:
    """Try the walls with a child that looks around."""
    if walls is Confinement.BUBBLEWRAP and not shutil.which("bwrap"):
        return False
    with tempfile.NamedTemporaryFile() as secret:
        try:
            seen = run("look-around", walls=walls, secret=secret.name).answer
        except Rejected:
            return False
    return walls is Confinement.LIMITS or not (
        seen["networks"] or (walls is Confinement.BUBBLEWRAP and seen["sees_secret"])
    )


@cache
def _chosen(wanted: str) -> Confinement:
    if wanted == "auto":
        return next((walls for walls in Confinement if works(walls)), Confinement.LIMITS)
    if wanted not in list(Confinement) or not works(Confinement(wanted)):
        raise SandboxUnusable(f"PARAPH_SANDBOX={wanted} does not work on this machine.")
    return Confinement(wanted)


def put_into(folder: Path, files: Sequence[bytes], options: Mapping[str, object]) -> None:
    """Put into the private folder what the child is to work on."""
    for number, content in enumerate(files):
        (folder / f"{INPUT}{number}").write_bytes(content)
    (folder / OPTIONS).write_text(json.dumps(options), encoding="utf-8")


def command_of(
    verb: str, folder: Path, *, limits: Limits, walls: Confinement, waits: bool = False
) -> list[str]:
    """Return what starts a child for the verb; one that ``waits`` does its job when told."""
    inside = INSIDE if walls is Confinement.BUBBLEWRAP else str(folder)
    figures = f"{limits.memory_mib},{limits.cpu_seconds},{limits.file_mib}"
    leaves_network = "yes" if walls is Confinement.NAMESPACE else "no"
    child = [sys.executable, "-BP", "-m", "paraph.kit.child", verb, inside, figures]
    wrapped = _bubblewrap(folder, limits.shows) if walls is Confinement.BUBBLEWRAP else []
    return [*wrapped, *child, leaves_network, "waits" if waits else "begins"]


def _bubblewrap(folder: Path | None = None, shows: Sequence[str] = ()) -> list[str]:
    """Show the child programs, libraries, our code and its own folder if any; nothing else."""
    shown = [
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/etc/ld.so.cache",
        "/etc/fonts",
        "/etc/alternatives",
        *shows,
    ]
    interpreter = Path(sys.executable).resolve()
    shown += [sys.prefix, sys.base_prefix, str(interpreter.parent.parent), str(CODE)]
    paths = [path for path in dict.fromkeys(shown) if path != "/"]
    binds = [word for path in paths for word in ("--ro-bind-try", path, path)]
    own = ["--bind", str(folder), INSIDE, "--chdir", INSIDE] if folder else ["--chdir", "/"]
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        # The child's own /tmp comes first, or it would hide a Paraph that is installed below it.
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108
        *binds,
        *own,
    ]


def outcome_of(child: Process, folder: Path, limits: Limits) -> Outcome:
    """Wait for the child's answer; raises ``Rejected``."""
    try:
        status = child.finish(within_seconds=limits.wall_seconds)
    except TimeIsUp:
        raise Rejected("too-slow") from None
    return _left_in(folder, status, most_bytes=limits.file_mib * _MEBIBYTE)


_OUT_OF_TIME = {-signal.SIGXCPU, 128 + signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGKILL}
_GAVE_UP = {-signal.SIGABRT, 128 + signal.SIGABRT, -signal.SIGXFSZ, 128 + signal.SIGXFSZ}


def _left_in(folder: Path, status: int, *, most_bytes: int) -> Outcome:
    """Read what the child left; what it says is as foreign as the file that it opened."""
    if status in _OUT_OF_TIME:
        raise Rejected("too-slow")
    if status in _GAVE_UP:
        raise Rejected("too-complex")
    names = sorted({path.name for path in folder.iterdir()} - {OPTIONS, WORKSHOP})
    left: dict[str, bytes] = {}
    try:
        for name in [name for name in names if not name.startswith(INPUT)]:
            left[name] = _plain(folder / name, most_bytes=most_bytes)
            most_bytes -= len(left[name])
        answer = json.loads(left.pop(ANSWER))
    except (OSError, ValueError, KeyError):
        raise Rejected("broken") from None
    if "refused" in answer:
        raise Rejected(str(answer["refused"]), answer["facts"])
    return Outcome(answer, left)


def _plain(path: Path, *, most_bytes: int) -> bytes:
    """Read a plain file of the private folder: no link that leads out of it, no pipe, no flood."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most_bytes:
            raise OSError(f"{path.name} is not a plain file of bearable size")
        return file.read()
