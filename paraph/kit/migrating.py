# ruff: noqa: S608  the names in these statements are our own tables
"""What migrations need beyond Django's: the search index, and tables that only grow.

Such operations stand in a migration of their own (``0002_search``, ``0002_append_only``).
On SQLite an ``AlterField`` rebuilds the table and silently drops its triggers: repeat the
operation after it. A test compares every table with what it should carry.
"""

from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from . import walking


class _Statements(Operation):
    """Statements that differ between the databases; the models stay as they are."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements that build."""
        self._run(schema_editor, self.build(schema_editor.connection.vendor, to_state.apps))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements that take away."""
        self._run(schema_editor, self.remove(schema_editor.connection.vendor, to_state.apps))

    def build(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Return the statements that build; running them again does no harm."""
        raise NotImplementedError

    def remove(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Return the statements that take away."""
        raise NotImplementedError

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)


class SearchIndex(_Statements):
    """Make a ``Searchable`` model quick to search: ``SearchIndex("contacts", "contact")``.

    ``keys`` are further columns that lists sort by, letter by letter like ``sort_key``; what
    ``is_walked`` also has the index of ``paraph.kit.walking``.
    """

    def __init__(
        self, app_label: str, model: str, keys: Sequence[str] = (), *, is_walked: bool = False
    ) -> None:
        self.app_label, self.model, self.keys = app_label, model, tuple(keys)
        self.is_walked = is_walked

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this down."""
        kept: dict[str, Any] = {"keys": self.keys} if self.keys else {}
        kept |= {"is_walked": True} if self.is_walked else {}
        return "SearchIndex", [self.app_label, self.model], kept

    def describe(self) -> str:
        """Say what it does."""
        return f"Index {self.app_label}.{self.model} for search"

    def build(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Build a trigram index of ``search_text``, and sort ``sort_key`` by its letters."""
        table = self._table(apps)
        if vendor == "postgresql":
            by_letters = [_by_letters(table, column=key, size=100) for key in self.keys]
            walked = walking.index_of(table) if self.is_walked else []
            return [*_postgresql_index(table), *by_letters, *walked]
        return _sqlite_index(table)

    def remove(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Take the index away."""
        table = self._table(apps)
        if vendor == "postgresql":
            names = ("trigram", "sort", "walk", "walk_long")
            return [f"DROP INDEX IF EXISTS {table}_{name}" for name in names]
        return [*_without_triggers(table), f"DROP TABLE IF EXISTS {table}_fts"]

    def _table(self, apps: Apps) -> str:
        return str(apps.get_model(self.app_label, self.model)._meta.db_table)


class ByLetters(_Statements):
    """Sort columns letter by letter: ``ByLetters("vault", "signedfile", ["title_key"])``.

    PostgreSQL sorts by the rules of a language unless it is told otherwise; then the beginning
    of a word is no stretch of its index.
    """

    def __init__(self, app_label: str, model: str, columns: Sequence[str]) -> None:
        self.app_label, self.model, self.columns = app_label, model, tuple(columns)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this down."""
        return "ByLetters", [self.app_label, self.model, self.columns], {}

    def describe(self) -> str:
        """Say what it does."""
        return f"Sort {', '.join(self.columns)} of {self.app_label}.{self.model} by letters"

    def build(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Give the columns the collation that SQLite has anyway."""
        if vendor != "postgresql":
            return []
        table = str(apps.get_model(self.app_label, self.model)._meta.db_table)
        return [_by_letters(table, column=column, size=100) for column in self.columns]

    def remove(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Leave them: any order is an order."""
        return []


class AppendOnly(_Statements):
    """Let rows be added to a table, and never changed or deleted: ``AppendOnly("fact")``."""

    def __init__(self, app_label: str, model: str) -> None:
        self.app_label, self.model = app_label, model

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this down."""
        return "AppendOnly", [self.app_label, self.model], {}

    def describe(self) -> str:
        """Say what it does."""
        return f"Let {self.app_label}.{self.model} only grow"

    def build(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Refuse UPDATE and DELETE (and TRUNCATE, where there is one) by trigger."""
        table = str(apps.get_model(self.app_label, self.model)._meta.db_table)
        refuse = _postgresql_refusals if vendor == "postgresql" else _sqlite_refusals
        return [*self._undo(vendor, table), *refuse(table)]

    def remove(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Take the triggers away."""
        return self._undo(vendor, str(apps.get_model(self.app_label, self.model)._meta.db_table))

    def _undo(self, vendor: str, table: str) -> Sequence[str]:
        where = f" ON {table}" if vendor == "postgresql" else ""
        names = [f"{table}_no_{verb}" for verb in ("update", "delete", "truncate")]
        return [f"DROP TRIGGER IF EXISTS {name}{where}" for name in names]


class WordIndex(_Statements):
    """Make whole words of a column ``words`` quick to find: ``WordIndex("vault", "fulltext")``.

    The column holds letters and digits apart by spaces, without case and accents.
    """

    def __init__(self, app_label: str, model: str) -> None:
        self.app_label, self.model = app_label, model

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this down."""
        return "WordIndex", [self.app_label, self.model], {}

    def describe(self) -> str:
        """Say what it does."""
        return f"Index the words of {self.app_label}.{self.model}"

    def build(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Build an FTS5 table of words and their beginnings, or a GIN index of ``tsvector``."""
        options = apps.get_model(self.app_label, self.model)._meta
        table = str(options.db_table)
        if vendor == "postgresql":
            return [
                f"CREATE INDEX IF NOT EXISTS {table}_words ON {table}"
                " USING gin (to_tsvector('simple', words))"
            ]
        assert options.pk
        return _sqlite_words(table, key=options.pk.column)

    def remove(self, vendor: str, apps: Apps) -> Sequence[str]:
        """Take the index away."""
        table = str(apps.get_model(self.app_label, self.model)._meta.db_table)
        if vendor == "postgresql":
            return [f"DROP INDEX IF EXISTS {table}_words"]
        return [*_without_triggers(table), f"DROP TABLE IF EXISTS {table}_fts"]


def _by_letters(table: str, *, column: str, size: int) -> str:
    return f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({size}) COLLATE "C"'


def _postgresql_index(table: str) -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        _by_letters(table, column="sort_key", size=250),
        f"CREATE INDEX IF NOT EXISTS {table}_trigram ON {table}"
        " USING gin (search_text gin_trgm_ops)",
        f"CREATE INDEX IF NOT EXISTS {table}_sort ON {table} (sort_key, id)",
    ]


def _sqlite_index(table: str) -> list[str]:
    add = f"INSERT INTO {table}_fts(rowid, search_text) VALUES (new.id, new.search_text);"
    forget = (
        f"INSERT INTO {table}_fts({table}_fts, rowid, search_text)"
        " VALUES ('delete', old.id, old.search_text);"
    )
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5"
        f"(search_text, content='{table}', content_rowid='id', tokenize='trigram')",
        *_without_triggers(table),
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {forget} END",
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF search_text ON {table}"
        f" BEGIN {forget} {add} END",
        f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')",
        f"CREATE INDEX IF NOT EXISTS {table}_sort ON {table} (sort_key, id)",
    ]


def _sqlite_words(table: str, *, key: str) -> list[str]:
    add = f"INSERT INTO {table}_fts(rowid, words) VALUES (new.{key}, new.words);"
    forget = (
        f"INSERT INTO {table}_fts({table}_fts, rowid, words)"
        f" VALUES ('delete', old.{key}, old.words);"
    )
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5(words, content='{table}',"
        f" content_rowid='{key}', tokenize='unicode61', prefix='2 3 4')",
        *_without_triggers(table),
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {forget} END",
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF words ON {table}"
        f" BEGIN {forget} {add} END",
        f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')",
    ]


def _without_triggers(table: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_fts_{verb}" for verb in ("insert", "delete", "update")
    ]


def _sqlite_refusals(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("update", "delete")
    ]


def _postgresql_refusals(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION paraph_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
            f" FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'}"
            " EXECUTE FUNCTION paraph_append_only()"
            for verb in ("update", "delete", "truncate")
        ),
    ]
