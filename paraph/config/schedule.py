"""Every recurring job, in one table. Times are UTC; a sixth field of ``cron`` counts seconds."""

from paraph.kit.schedules import Recurring

SCHEDULE: tuple[Recurring, ...] = ()
