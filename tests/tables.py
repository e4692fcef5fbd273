"""All tables of an installation on SQLite, migrated once and kept until a migration changes."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "tables"
NAME = "paraph.sqlite3"


@cache
def migrated() -> Path:
    """Return a database in which everything is migrated and nobody lives; copy it, do not use it.

    What it holds depends on the migrations alone; migrating takes seconds, which tests that run
    side by side would all spend again.
    """
    kept = KEPT / f"{_migrations()}.sqlite3"
    with _one_at_a_time():
        if not kept.exists():
            _keep(kept)
    return kept


def furnish(folder: Path) -> None:
    """Put the tables where an installation with this data folder looks for them."""
    shutil.copyfile(migrated(), folder / NAME)


def load(connection: sqlite3.Connection) -> None:
    """Copy the tables into a database that is open, such as one in memory."""
    with closing(sqlite3.connect(migrated())) as kept:
        kept.backup(connection)


def migrate(folder: Path, *, url: str = "") -> None:
    """Make the tables of an installation, in a process of their own."""
    own = {"PARAPH_DATA": str(folder), "DATABASE_URL": url, "PARAPH_KEY_FILE": ""}
    environment = {name: value for name, value in {**os.environ, **own}.items() if value}
    for words in (["migrate", "-v0"], ["createcachetable"]):
        command = [sys.executable, "-m", "paraph.config.cli", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _migrations() -> str:
    """Sum up the migrations, with the operations that they use, and the packages' versions."""
    files = sorted(ROOT.glob("paraph/**/migrations/*.py"))
    files += [ROOT / "paraph/kit/migrating.py", ROOT / "requirements/base.txt", Path(__file__)]
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(content).hexdigest()[:20]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(kept: Path) -> None:
    """Migrate an installation, and keep its database in one file, beside the last few."""
    with tempfile.TemporaryDirectory(prefix="paraph-tables-") as folder:
        migrate(Path(folder))
        for outdated in sorted(KEPT.glob("*.sqlite3"), key=os.path.getmtime)[:-4]:
            outdated.unlink()
        draft = kept.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        whole = sqlite3.connect(Path(folder) / NAME)
        with closing(whole), closing(sqlite3.connect(draft)) as copy:
            whole.backup(copy)
        draft.rename(kept)
