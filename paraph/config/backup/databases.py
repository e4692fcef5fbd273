"""Copies of the database as it is at one moment, while others write, and databases from copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from paraph.kit import pointers

from . import postgresql
from .archive import Writer
from .unfinished import keep

FOLDER = "database/"
SQLITE = f"{FOLDER}paraph.sqlite3"
_PASSING = {"batches", "importing"}
"""Their files go after some days: one may be gone by the time it is to be copied."""


class DatabaseDamaged(Exception):
    """The database itself says that it is not whole."""


class Query(Protocol):
    """Asks the copy a question that has one column."""

    def __call__(self, statement: str) -> Sequence[str]: ...


@contextmanager
def snapshot(drafts: Path) -> Iterator[Snapshot]:
    """Hold the database as it is now; ``drafts`` is a folder with room for a copy of it."""
    if settings.IS_POSTGRESQL:
        with postgresql.held() as held:
            yield Snapshot(held.ask, lambda into: held.dump(into, drafts=drafts))
        return
    copy = drafts / "paraph.sqlite3"
    _copy(Path(str(settings.DATABASES["default"]["NAME"])), copy)
    with closing(sqlite3.connect(copy)) as database:
        yield Snapshot(
            lambda statement: [row[0] for row in database.execute(statement)],
            lambda into: _add(copy, into),
        )


class Snapshot:
    """The database at one moment."""

    def __init__(self, ask: Query, dump: Any) -> None:  # Any: a function of the archive's writer
        self._ask, self.dump = ask, dump

    def files(self) -> set[str]:
        """Return the SHA-256 of every file that a row refers to for good."""
        found: set[str] = set()
        for model, name in pointers.columns():
            if model._meta.app_label in _PASSING:
                continue
            found |= set(self._ask(_distinct(model._meta.db_table, name))) - {""}
        return found

    def migrations(self) -> dict[str, list[str]]:
        """Return the migrations that made the tables, by app."""
        made: dict[str, list[str]] = {}
        for known in self._ask("SELECT app || '.' || name FROM django_migrations ORDER BY id"):
            app, _dot, name = known.partition(".")
            made.setdefault(app, []).append(name)
        return made


def is_empty() -> bool:
    """Tell whether there is nothing yet where this installation keeps its rows."""
    if settings.IS_POSTGRESQL:
        return not connection.introspection.table_names()
    return not Path(str(settings.DATABASES["default"]["NAME"])).exists()


def is_loaded() -> bool:
    """Tell whether the rows of a backup are there, all of them: they come in one step."""
    if settings.IS_POSTGRESQL:
        return postgresql.marked() == postgresql.FILLED
    return not is_empty()


def is_being_restored() -> bool:
    """Tell whether a restore into this database has begun, on whatever machine, and not ended."""
    return settings.IS_POSTGRESQL and bool(postgresql.marked())


def begin() -> None:
    """Have the database itself keep others out until ``settle``."""
    if settings.IS_POSTGRESQL and not is_loaded():
        MigrationRecorder(connection).ensure_schema()
        postgresql.mark(postgresql.BEGUN)


def unknown_migrations(made: dict[str, list[str]]) -> list[str]:
    """Return the migrations that this release does not have: the backup is of a newer one."""
    known = MigrationExecutor(None).loader.disk_migrations
    return [f"{app}.{name}" for app in made for name in made[app] if (app, name) not in known]


def build(made: dict[str, list[str]]) -> None:
    """Make the tables as those of the backup were, where rows are copied one table at a time.

    Those that a killed restore made already stay: Django would take the later ones back.
    """
    if not settings.IS_POSTGRESQL:
        return
    executor = MigrationExecutor(connection)
    known = executor.loader.applied_migrations
    wanted = [(app, name) for app in made for name in made[app]]
    executor.migrate([each for each in wanted if each not in known])
    call_command("createcachetable", verbosity=0)


def load(parts: Iterator[tuple[str, IO[bytes]]]) -> None:
    """Fill the database from the members of an archive that hold it."""
    if settings.IS_POSTGRESQL:
        postgresql.load((name.removeprefix(FOLDER), content) for name, content in parts)
        return
    target = Path(str(settings.DATABASES["default"]["NAME"]))
    target.parent.mkdir(parents=True, exist_ok=True)
    for _name, content in parts:
        draft = target.with_name(f".{target.name}.restored")
        with draft.open("wb") as file:
            while block := content.read(1024 * 1024):
                file.write(block)
        keep(draft)
        draft.rename(target)
        keep(target.parent)


def settle() -> None:
    """Have the disk keep what was written since the rows were put in their place; open it."""
    if settings.IS_POSTGRESQL:
        postgresql.mark("")
        return
    connection.close()  # which takes the write-ahead log into the file
    keep(Path(str(settings.DATABASES["default"]["NAME"])))


def _copy(source: Path, target: Path) -> None:
    """Copy an SQLite database that others write to, as it is at one moment.

    In one step the copy is one reader of the write-ahead log: nobody waits for it, and however
    much is written meanwhile it never begins again.
    """
    with closing(sqlite3.connect(source)) as living, closing(sqlite3.connect(target)) as copy:
        living.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        ((answer,),) = copy.execute("PRAGMA quick_check(1)").fetchall()
    if answer != "ok":
        raise DatabaseDamaged(answer)


def _add(copy: Path, into: Writer) -> None:
    with copy.open("rb") as content:
        into.stream(SQLITE, content, size=copy.stat().st_size)


def _distinct(table: str, column: str) -> str:
    name = connection.ops.quote_name
    return f"SELECT DISTINCT {name(column)} FROM {name(table)}"  # noqa: S608  our own names
