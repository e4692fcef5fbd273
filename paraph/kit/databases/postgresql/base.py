"""The connection, under the name by which Django looks for it."""

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

from ..columns import RememberedColumns


class Operations(RememberedColumns, DatabaseOperations):
    """PostgreSQL's words."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    ops_class = Operations
