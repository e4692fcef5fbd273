"""Whether anything has happened, told by one number; and to which envelopes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Sum

from paraph.journal.models import Fact, Mention
from paraph.kit.numbers import whole_number

WINDOW = 64
"""So many facts are looked at: numbers are given before a transaction ends, so that a fact with
a smaller number may appear after one with a greater."""
FAR = 2_000
MOST = 100
"""What happened to more envelopes, or so long ago, is not told one by one."""


@dataclass(frozen=True)
class Pulse:
    """The newest fact, and a sum that changes when an older one appears late."""

    newest: int
    total: int

    def __str__(self) -> str:
        return f"{self.newest}-{self.total}"


def pulse() -> Pulse:
    """Read the pulse: the end of one index, however much there is."""
    newest = Fact.objects.order_by("-id").values("id")[:WINDOW]
    found = newest.aggregate(newest=Max("id"), total=Sum("id"))
    return Pulse(found["newest"] or 0, found["total"] or 0)


def touched_since(seen: str, *, now: Pulse) -> set[int] | None:
    """Return the envelopes of which there are facts since; None where they are too many."""
    before = whole_number(seen.partition("-")[0])
    if before is None or now.newest - before > FAR:
        return None
    facts = Mention.objects.filter(noun="envelope", fact_id__gt=before - WINDOW)
    keys = set(facts.order_by("-fact_id").values_list("object_id", flat=True)[: 10 * MOST])
    return keys if len(keys) <= MOST else None
