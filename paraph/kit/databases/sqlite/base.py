"""The connection, under the name by which Django looks for it."""

import time
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

from ..columns import RememberedColumns

AGAIN_SECONDS = 0.003
"""So often one who waits looks whether the writer is done.

SQLite itself looks ever more rarely, up to a tenth of a second: while a worker writes most of the
time, one wait in twenty took it two seconds, this way 30 ms (ADR 0056).
"""


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

    def _start_transaction_under_autocommit(self) -> None:
        """Begin as soon as nobody else writes; refuse when the settings' patience is over."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        deadline = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            while not self._has_begun(is_last=time.monotonic() > deadline):
                time.sleep(AGAIN_SECONDS)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")

    def _has_begun(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # no stub has it
        except OperationalError as stumble:
            is_taken = getattr(stumble.__cause__, "sqlite_errorname", "") == "SQLITE_BUSY"
            if is_last or not is_taken:
                raise
            return False
        return True
