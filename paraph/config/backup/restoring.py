"""Makes an installation from a backup, on a place where there is none yet.

A restored copy and the first installation must never contradict each other: the public log goes
on in a new shard, and messages wait until somebody has looked at them. Until both are so, a
mark keeps everybody else out, and a restore that was killed goes on when it is run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command

from paraph.journal import SYSTEM
from paraph.journal.log.publishing import begin_anew
from paraph.kit.faults import fault_point
from paraph.kit.keys import KeyUnusable, master_key
from paraph.messaging.holding import count_held, hold_messages, is_holding
from paraph.vault.gone import NAME, merged, register, write_whole
from paraph.vault.repeating import Repeated, repeat

from . import archive, databases, storage, unfinished
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
    repeated: Repeated
    """What had gone since the backup, and went again."""


def restore(source: Path, *, at: datetime) -> Restored:
    """Check the whole archive, then write everything; nothing stays of one that does not fit."""
    header = archive.header_of(source)
    mark = _expect_place(header)
    brought = _bring_master_key(source)
    try:
        members = _expect_fitting(source, header)
    except (CannotRestore, archive.NotABackup):
        if brought:
            settings.PARAPH_KEY_FILE.unlink()
        raise
    mark = mark or unfinished.begin(str(header["made_at"]), at=at)

    databases.begin()
    _write_files(source)
    fault_point("restore-after-files")
    if not databases.is_loaded():
        databases.build(header["migrations"])
        databases.load(_members_in(source, databases.FOLDER))
    fault_point("restore-after-rows")
    held, log = _keep_apart(at=mark.began_at)
    repeated = repeat(merged(source.absolute().with_name(NAME), register()), at=at)
    write_whole(register())
    databases.settle()
    unfinished.end()
    return Restored(str(header["made_at"]), members, held, log, repeated)


def _keep_apart(*, at: datetime) -> tuple[int, str]:
    """Bring the tables up to date, hold the messages and open a new log, once for each moment."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not is_holding(since=at):
        hold_messages(by=SYSTEM, at=at)
    fault_point("restore-after-hold")
    log = begin_anew(at=at).origin
    fault_point("restore-after-log")
    databases.settle()
    return count_held(), log


def _expect_place(header: Mapping[str, Any]) -> unfinished.Mark | None:  # JSON
    """Expect a place with nothing in it, or where this very restore was begun."""
    mark = unfinished.found()
    if mark is None:
        _expect_empty()
    elif mark.backup != str(header["made_at"]):
        raise CannotRestore(
            f"The restore of another backup was begun here, of the one made at {mark.backup}. "
            "Go on with that archive, or begin in an empty place."
        )
    return mark


def _expect_empty() -> None:
    if not databases.is_empty():
        raise CannotRestore("There is a database already. Restore to an empty place only.")
    if not storage.is_empty():
        raise CannotRestore(
            "There are files in the store already. Restore to an empty place only."
        )


def _expect_fitting(source: Path, header: Mapping[str, Any]) -> int:  # JSON
    """Expect a whole backup of this key, engine and release; the number of its members."""
    _expect_master_key(str(header["key_check"]))
    here = "postgresql" if settings.IS_POSTGRESQL else "sqlite"
    if header["engine"] != here:
        raise CannotRestore(
            f"The backup is of a {header['engine']} database; DATABASE_URL names {here}."
        )
    if unknown := databases.unknown_migrations(header["migrations"]):
        raise CannotRestore(f"The backup is of a newer Paraph: {unknown[0]} is not known here.")
    return archive.check(source)


def _bring_master_key(source: Path) -> bool:
    """Take the master key out of the archive if it is there and none is here; tell whether."""
    if settings.PARAPH_KEY_FILE.exists():
        return False
    for _name, content in _members_in(source, MASTER):
        _write_secret(settings.PARAPH_KEY_FILE, content.read())
        return True
    return False


def _expect_master_key(expected: str) -> None:
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
    """Write a file that only its owner may read, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restored")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    unfinished.keep(draft)
    draft.rename(target)
