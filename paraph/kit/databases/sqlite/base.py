"""The connection, under the name by which Django looks for it."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

from ..columns import RememberedColumns


class Operations(RememberedColumns, DatabaseOperations):
    """SQLite's words."""

    def convert_datetimefield_value(
        self, value: Any, expression: Any, connection: Any
    ) -> datetime | None:
        """Read a moment, which is kept as text in UTC: three of them stand in each row of a list.

        Django asks two settings and the connection's time zone for each.
        """
        if isinstance(value, str) and self.connection.timezone_name == "UTC":
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        other: datetime | None = super().convert_datetimefield_value(value, expression, connection)
        return other


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite."""

    ops_class = Operations
