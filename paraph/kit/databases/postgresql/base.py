"""The connection, under the name by which Django looks for it."""

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations as Operations


class DatabaseOperations(Operations):
    """PostgreSQL's words, with a compiler of ours."""

    compiler_module = "paraph.kit.databases.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    ops_class = DatabaseOperations
