# ruff: noqa: S608  the names in these statements are our own tables
"""A PostgreSQL database copied through COPY, so that no program of the server is needed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from .archive import BLOCK, Writer

FORM = "tables.json"
SUFFIX = ".copy"
BEGUN, FILLED = "paraph: restore begun", "paraph: rows restored"
_LEFT_OUT = ("django_migrations",)  # made by the migrations themselves
_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    ORDER BY c.relname"""
_COLUMNS = """
    SELECT a.attname FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' ORDER BY a.attnum"""
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
_AT_ONCE = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
    AND connamespace = current_schema()::regnamespace"""


class Held:
    """A transaction that goes on seeing the database as it was when it began."""

    def ask(self, statement: str) -> Sequence[str]:
        """Return the one column of a question."""
        return [row[0] for row in _rows(statement.replace("%", "%%"))]

    def dump(self, into: Writer, *, drafts: Path) -> None:
        """Write each table as a member, by way of a file: a member's size stands before it."""
        form = {table: _columns(table) for table in _tables()}
        for table, names in form.items():
            with tempfile.TemporaryFile(dir=drafts) as draft:
                _take(table, names, draft)
                size = draft.tell()
                draft.seek(0)
                into.stream(f"database/{table}{SUFFIX}", draft, size=size)
        told = {"columns": form, "sequences": _sequences()}
        into.add(f"database/{FORM}", json.dumps(told).encode())


@contextmanager
def held() -> Iterator[Held]:
    """Begin to see the database as it is now."""
    with transaction.atomic():
        _do("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Held()


def load(parts: Iterator[tuple[str, IO[bytes]]]) -> None:
    """Fill the tables, whose triggers sleep meanwhile: what is copied was recorded once."""
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder, transaction.atomic():
        drafts = {name: _draft(Path(folder) / name, content) for name, content in parts}
        form = json.loads(drafts[FORM].read_bytes())
        tables = _in_order(list(form["columns"]))
        for table in tables:
            _do(f"ALTER TABLE {_name(table)} DISABLE TRIGGER USER")
        _do(f"TRUNCATE {_list(tables)}")
        for table in tables:
            _fill(table, form["columns"][table], drafts[f"{table}{SUFFIX}"])
        _do("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            _do(f"ALTER TABLE {_name(table)} ENABLE TRIGGER USER")
        _set_sequences(form["sequences"])
        mark(FILLED)


def mark(words: str) -> None:
    """Write on the database how far a restore of it is, for every machine that works with it."""
    _do(f"COMMENT ON TABLE django_migrations IS '{words}'")


def marked() -> str:
    """Return what is written there; nothing where no restore is under way."""
    asked = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"
    return _rows(asked)[0][0] or ""


def _draft(path: Path, content: IO[bytes]) -> Path:
    with path.open("wb") as file:
        while block := content.read(BLOCK):
            file.write(block)
    return path


def _take(table: str, columns: Sequence[str], draft: IO[bytes]) -> None:
    statement = f"COPY (SELECT {_list(columns)} FROM {_name(table)}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            draft.write(block)


def _fill(table: str, columns: Sequence[str], draft: Path) -> None:
    statement = f"COPY {_name(table)} ({_list(columns)}) FROM STDIN"
    with (
        draft.open("rb") as content,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        while block := content.read(BLOCK):
            copy.write(block)


def _in_order(tables: Sequence[str]) -> list[str]:
    """Put tables behind those that their rows must not be earlier than."""
    needs: dict[str, set[str]] = {}
    for table, needed in _rows(_AT_ONCE):
        needs.setdefault(table.strip('"'), set()).add(needed.strip('"'))
    ordered: list[str] = []
    rest = sorted(tables)
    while rest:
        free = [table for table in rest if not needs.get(table, set()) & set(rest)] or rest
        ordered += free
        rest = [table for table in rest if table not in free]
    return ordered


def _tables() -> list[str]:
    return [row[0] for row in _rows(_TABLES) if row[0] not in _LEFT_OUT]


def _columns(table: str) -> list[str]:
    return [row[0] for row in _rows(_COLUMNS, [_name(table)])]


def _sequences() -> Mapping[str, Sequence[int | bool]]:
    names = [row[0] for row in _rows(_SEQUENCES)]
    return {
        name: list(_rows(f"SELECT last_value, is_called FROM {_name(name)}")[0]) for name in names
    }


def _set_sequences(values: Mapping[str, Sequence[int | bool]]) -> None:
    known = {row[0] for row in _rows(_SEQUENCES)}
    for name, (value, is_called) in values.items():
        if name in known:
            _rows("SELECT setval(%s::regclass, %s, %s)", [_name(name), value, is_called])


def _rows(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:  # the database's
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))
