"""Deadlines by the day, for a calendar: as quick with a hundred thousand of them as with ten."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo

from paraph.signing.models import Envelope, Envelopes, Standing

DAY = timedelta(days=1)
AT_ONCE = 400
"""So many are fetched in one query; where more are due, each day is asked for its first."""
EXPECTED = (
    *(Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT),
    *(Standing.CLOSING, Standing.EXPIRED),
)
"""What is shown unless somebody asks for other stages: not what is signed or was called back."""


@dataclass(frozen=True)
class Day:
    """One day with what is due on it, the earliest first."""

    day: date
    envelopes: list[Envelope] = field(default_factory=list)
    is_more: bool = False
    number: int | None = None
    """How many there are, where that is known."""


def days_of(rows: Envelopes, *, first: date, count: int, most: int, zone: tzinfo) -> list[Day]:
    """Return so many days from the first on; of each at most so many envelopes."""
    due = rows.order_by("deadline_key", "id")
    days = [first + number * DAY for number in range(count)]
    fetched = list(_between(due, days[0], days[-1], zone)[: AT_ONCE + 1])
    if len(fetched) > AT_ONCE:
        return [_cut(day, list(_between(due, day, day, zone)[: most + 1]), most) for day in days]
    by_day: dict[date, list[Envelope]] = {day: [] for day in days}
    for envelope in fetched:
        if envelope.deadline_at is not None:
            by_day[envelope.deadline_at.astimezone(zone).date()].append(envelope)
    return [replace(_cut(it, found, most), number=len(found)) for it, found in by_day.items()]


def month_of(day: date) -> tuple[date, int]:
    """Return the Monday that a month's calendar begins with, and how many days it shows."""
    begin = day.replace(day=1)
    first = begin - begin.weekday() * DAY
    following = (begin + 31 * DAY).replace(day=1)
    weeks = -(-(following - first).days // 7)
    return first, weeks * 7


def _between(rows: Envelopes, first: date, last: date, zone: tzinfo) -> Envelopes:
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + DAY, time(), zone)
    return rows.filter(deadline_key__gte=begin, deadline_key__lt=end)


def _cut(day: date, found: list[Envelope], most: int) -> Day:
    return Day(day, found[:most], is_more=len(found) > most)
