"""A log to look at: facts that belong into it, and shards of some size."""

from dataclasses import dataclass
from datetime import timedelta

from paraph import journal
from paraph.journal import SYSTEM, Fact
from paraph.journal.events import LoggedEvent
from paraph.journal.log.publishing import keep_log
from paraph.journal.models import LogCheckpoint
from paraph.kit import db
from tests.moments import NOON


@dataclass(frozen=True)
class BellRung(LoggedEvent):
    """A bell was rung; the log proves it."""

    name = "bell.rung"
    bell_id: int


@db.transaction
def ring(times: int, *, first: int = 0) -> list[Fact]:
    """Ring bells, one after the other."""
    moments = [NOON + timedelta(seconds=number) for number in range(first, first + times)]
    return [
        journal.record(BellRung(bell_id=number), by=SYSTEM, at=at)
        for number, at in enumerate(moments, start=first)
    ]


def logged(times: int, *, first: int = 0) -> LogCheckpoint:
    """Ring bells and publish the log over them."""
    ring(times, first=first)
    return keep_log(at=NOON)
