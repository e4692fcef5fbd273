"""Makes an installation from a backup, on a place where there is none yet.

A restored copy and the first installation must never contradict each other: the public log goes
on in a new shard, and messages wait until somebody has looked at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command

from paraph.journal import SYSTEM
from paraph.journal.log.publishing import begin_anew
from paraph.kit.keys import KeyUnusable, master_key
from paraph.messaging.holding import hold_messages

from . import archive, databases, storage
from .making import MASTER, SECRET, opened_secret


class CannotRestore(Exception):
    """The archive does not fit this place; the sentence says why, and what to do."""


@dataclass(frozen=True)
class Restored:
    """What was made: as of when, how many members, messages held, and the new log's origin."""

    made_at: str
    members: int
    held: int
    log: str


def restore(source: Path, *, at: datetime) -> Restored:
    """Check the whole archive, then write everything; nothing is written before the check."""
    _expect_empty()
    header = archive.header_of(source)
    _bring_master_key(source, expected=str(header["key_check"]))
    _expect_fitting(str(header["engine"]), header["migrations"])
    members = archive.check(source)

    _write_files(source)
    databases.build(header["migrations"])
    databases.load(_members_in(source, databases.FOLDER))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)

    held = hold_messages(by=SYSTEM, at=at)
    shard = begin_anew(at=at)
    return Restored(str(header["made_at"]), members, held, shard.origin)


def _expect_empty() -> None:
    if not databases.is_empty():
        raise CannotRestore("There is a database already. Restore to an empty place only.")
    if not storage.is_empty():
        raise CannotRestore(
            "There are files in the store already. Restore to an empty place only."
        )


def _expect_fitting(engine: str, made: dict[str, list[str]]) -> None:
    here = "postgresql" if settings.IS_POSTGRESQL else "sqlite"
    if engine != here:
        raise CannotRestore(f"The backup is of a {engine} database; DATABASE_URL names {here}.")
    if unknown := databases.unknown_migrations(made):
        raise CannotRestore(f"The backup is of a newer Paraph: {unknown[0]} is not known here.")


def _bring_master_key(source: Path, *, expected: str) -> None:
    """Take the master key out of the archive if it is there, else expect it in its place."""
    if not settings.PARAPH_KEY_FILE.exists():
        for _name, content in _members_in(source, MASTER):
            _write_secret(settings.PARAPH_KEY_FILE, content.read())
    try:
        master_key()
    except KeyUnusable as missing:
        raise CannotRestore(
            f"The backup needs its master key. Put it into {missing}, or name its file: "
            "PARAPH_KEY_FILE=…"
        ) from missing
    if archive.key_check() != expected:
        raise CannotRestore(f"{settings.PARAPH_KEY_FILE} is not the master key of this backup.")


def _write_files(source: Path) -> None:
    for name, content in archive.members(source):
        if name.startswith(archive.FILES):
            storage.write(name.removeprefix(archive.FILES), content)
        elif name == SECRET and not settings.SECRET_FILE.exists():
            _write_secret(settings.SECRET_FILE, opened_secret(content.read()))
    storage.settle()


def _members_in(source: Path, start: str) -> Iterator[tuple[str, IO[bytes]]]:
    return ((name, it) for name, it in archive.members(source) if name.startswith(start))


def _write_secret(target: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    target.write_bytes(content)
