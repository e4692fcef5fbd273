"""Whether anybody works on the jobs: the runner, and every worker, shows that it is alive."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

from paraph.kit import runner

SILENCE = timedelta(seconds=30)
"""Who has shown no sign of life for so long does not work any more."""


def is_worked_on() -> bool:
    """Tell whether what is ordered now will be done soon."""
    if settings.PARAPH_JOBS == "embedded":
        file = runner.lock_file()
        return file.exists() and runner.seconds_since_beat(file) < SILENCE.total_seconds()
    if settings.PARAPH_JOBS != "procrastinate":
        return True  # they run where they are ordered
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (last,) = cursor.fetchone()
    return bool(last and datetime.now(UTC) - last < SILENCE)
