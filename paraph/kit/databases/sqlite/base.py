"""The connection, under the name by which Django looks for it."""

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as Operations


class DatabaseOperations(Operations):
    """SQLite's words, with a compiler of ours."""

    compiler_module = "paraph.kit.databases.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite."""

    ops_class = DatabaseOperations
