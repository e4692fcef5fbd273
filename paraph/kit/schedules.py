"""Recurring jobs: what a line of the table in ``paraph.config.schedule`` says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from croniter import croniter
from django.conf import settings
from django.utils.module_loading import import_string

from paraph.kit.jobs import Job


@dataclass(frozen=True)
class Recurring:
    """A job without ids that is ordered again and again: ``Recurring("*/5 * * * *", sweep)``.

    A moment that passes while nobody works is made up for once, not once per moment.
    """

    cron: str
    job: Job

    def due_after(self, moment: datetime) -> datetime:
        """Return the next moment at which the job is due."""
        return cast(datetime, croniter(self.cron, moment.astimezone(UTC)).get_next(datetime))


def recurring() -> tuple[Recurring, ...]:
    """Return the installation's table."""
    table = getattr(settings, "PARAPH_SCHEDULE", "paraph.config.schedule.SCHEDULE")
    return cast(tuple[Recurring, ...], import_string(table))
