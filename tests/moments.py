"""The moments at which tests take place. The clock of a test never runs."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AN_HOUR_LATER = NOON + timedelta(hours=1)
TOMORROW = NOON + timedelta(days=1)
YESTERDAY = NOON - timedelta(days=1)
