"""Recurring jobs: what a line of the table in ``paraph.config.schedule`` says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from croniter import croniter
from django.conf import settings
from django.utils.module_loading import import_string

from paraph.kit import db
from paraph.kit.jobs import Job, enqueue
from paraph.kit.models import ScheduleMark


@dataclass(frozen=True)
class Recurring:
    """A job without ids that is ordered again and again: ``Recurring("*/5 * * * *", sweep)``.

    A moment that passes while nobody works is made up for once, not once per moment.
    """

    cron: str
    job: Job

    def due_after(self, moment: datetime) -> datetime:
        """Return the next moment at which the job is due."""
        return croniter(self.cron, moment.astimezone(UTC)).get_next(datetime)


def recurring() -> tuple[Recurring, ...]:
    """Return the installation's table."""
    table = getattr(settings, "PARAPH_SCHEDULE", "paraph.config.schedule.SCHEDULE")
    return cast(tuple[Recurring, ...], import_string(table))


def order_due(*, at: datetime) -> datetime | None:
    """Order each recurring job that is due, and return when the next one will be.

    Any number of workers may ask at the same moment: a job is ordered once.
    """
    return min((_order_if_due(line, at=at) for line in recurring()), default=None)


def _order_if_due(line: Recurring, *, at: datetime) -> datetime:
    name, following = f"{line.job.name} {line.cron}", line.due_after(at)
    mark, _is_new = ScheduleMark.objects.get_or_create(name=name, defaults={"due_at": following})
    if mark.due_at > at:
        return mark.due_at
    _order(line, mark, following=following)
    return following


@db.transaction
def _order(line: Recurring, mark: ScheduleMark, *, following: datetime) -> None:
    due = ScheduleMark.objects.filter(pk=mark.pk, due_at=mark.due_at)
    if due.update(due_at=following):
        enqueue(line.job, once=f"schedule {mark.pk}")
