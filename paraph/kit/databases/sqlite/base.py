"""The connection, under the name by which Django looks for it."""

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

from ..columns import RememberedColumns


class Operations(RememberedColumns, DatabaseOperations):
    """SQLite's words."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite."""

    ops_class = Operations
