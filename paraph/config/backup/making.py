"""Makes a backup while the installation goes on working.

The database is held as it is at one moment, and only then the files are read: they are written
once and before the rows that name them, so every file that the copy names is there.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from paraph.kit.keys import locked, unlocked

from . import archive, databases, storage

SECRET = "secret.key.sealed"  # noqa: S105  a member's name
MASTER = "master.key"
_PURPOSE = "backup-secret"


@dataclass(frozen=True)
class Backup:
    """What was made, and what is wrong with what was backed up."""

    path: Path
    members: int
    size: int
    damaged: tuple[str, ...]
    missing: tuple[str, ...]


def make_backup(target: Path, *, with_master_key: bool, at: datetime) -> Backup:
    """Write everything into one archive and check it; a folder gets a name with the time."""
    if target.is_dir():
        target = target / f"paraph-{at.astimezone(UTC):%Y%m%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(prefix=".paraph-backup-", dir=target.parent) as folder:
        draft = Path(folder) / "archive"
        damaged, missing = _write(
            draft, drafts=Path(folder), with_master_key=with_master_key, at=at
        )
        members = archive.check(draft)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.chmod(0o600)
        draft.replace(target)
    return Backup(target, members, target.stat().st_size, tuple(damaged), tuple(missing))


def opened_secret(sealed: bytes) -> bytes:
    """Return the secret that was sealed."""
    return unlocked(sealed, purpose=_PURPOSE, about=SECRET)


def _write(
    draft: Path, *, drafts: Path, with_master_key: bool, at: datetime
) -> tuple[list[str], list[str]]:
    """Write the archive; return the files that are damaged and those that are missing."""
    with archive.Writer(draft) as into:
        with databases.snapshot(drafts) as snapshot:
            header = {
                "format": archive.FORMAT,
                "version": version("paraph"),
                "made_at": at.astimezone(UTC).isoformat(),
                "engine": "postgresql" if settings.IS_POSTGRESQL else "sqlite",
                "key_check": archive.key_check(),
                "migrations": snapshot.migrations(),
            }
            into.add(archive.HEADER, archive.encoded(header))
            snapshot.dump(into)
            named = snapshot.files()
        into.add(SECRET, sealed_secret())
        if with_master_key:
            into.add(MASTER, settings.PARAPH_KEY_FILE.read_bytes())
        found, damaged = _add_files(into)
    return damaged, sorted(named - found)


def _add_files(into: archive.Writer) -> tuple[set[str], list[str]]:
    """Write every file of the store; return the hashes found, and the names that lie."""
    found: set[str] = set()
    damaged = []
    for name in storage.names():
        opened = storage.open_stored(name)
        if opened is None:
            continue
        with opened[0] as content:
            digest = into.stream(f"{archive.FILES}{name}", content, size=opened[1])
        stem = name.rpartition("/")[2]
        if len(stem) == len(digest) and stem != digest:
            damaged.append(stem)
        found.add(digest)
    return found, damaged


def sealed_secret() -> bytes:
    """Return the secret that signs sessions, for nobody without the master key to read."""
    return locked(settings.SECRET_KEY.encode(), purpose=_PURPOSE, about=SECRET)
