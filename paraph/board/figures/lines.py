"""One line of the team's figures: of a person, of a department, or of everybody together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from paraph.signing.models import Standing

from .counting import OPEN, Lengths, Standings
from .counting import Leg as Leg

ENDED = (Standing.COMPLETED, Standing.DECLINED, Standing.EXPIRED, Standing.CANCELLED)


@dataclass(frozen=True)
class Spread:
    """How long something took: half took no longer than the median, nine of ten than ``p90``.

    Both are lengths that occurred (nearest rank), in seconds; None where nothing did.
    """

    number: int
    median: int | None
    p90: int | None

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Spread:
        """Measure lengths that are sorted."""
        number = len(lengths)
        if not number:
            return cls(0, None, None)
        return cls(number, lengths[(number + 1) // 2 - 1], lengths[(9 * number + 9) // 10 - 1])


@dataclass
class Line:
    """What is counted for one person, or for several together."""

    standing: Counter[Standing] = field(default_factory=Counter)
    ends: Counter[Standing] = field(default_factory=Counter)
    """Where those stand that were sent within the period."""
    overdue: int = 0
    due: int = 0
    lengths: defaultdict[Leg, list[int]] = field(default_factory=lambda: defaultdict(list))

    def count(self, part: Standings) -> None:
        """Take in what of the person's stands in one place."""
        self.standing[part.standing] += part.number
        self.ends[part.standing] += len(part.sent)
        self.overdue += part.overdue
        self.due += part.due
        self.lengths[Leg.WHOLE] += part.took
        self.lengths[Leg.CLOSING] += part.closing

    def time(self, part: Lengths) -> None:
        """Take in how long parties took."""
        self.lengths[Leg.OPENING] += part.opening
        self.lengths[Leg.CLIENT] += part.client
        self.lengths[Leg.OURS] += part.ours

    def add(self, other: Line) -> None:
        """Take in what was counted for somebody else."""
        self.standing.update(other.standing)
        self.ends.update(other.ends)
        self.overdue += other.overdue
        self.due += other.due
        for leg, lengths in other.lengths.items():
            self.lengths[leg] += lengths

    @property
    def open(self) -> int:
        return sum(self.standing[each] for each in OPEN)

    @property
    def with_us(self) -> int:
        return self.standing[Standing.DRAFT] + self.standing[Standing.WITH_US]

    @property
    def sent(self) -> int:
        return self.ends.total()

    def spread(self, leg: Leg) -> Spread:
        """Say how long a part of the way took."""
        return Spread.of(sorted(self.lengths[leg]))

    def share(self, standing: Standing) -> int | None:
        """Return how many of a hundred sent ended so; None where nothing was sent."""
        return round(100 * self.ends[standing] / self.sent) if self.sent else None


@dataclass(frozen=True)
class Week:
    """What was sent and what was signed in one week."""

    begins_at: datetime
    sent: int
    signed: int
