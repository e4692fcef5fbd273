"""When a party that has not acted is written to again by itself: in its own working hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from paraph.signing.models import Party

OPENS, CLOSES = 9, 18  # hours of the day
FRIDAY = 4


@dataclass(frozen=True)
class Policy:
    """How often somebody is reminded, in days of the calendar."""

    first_after_days: int
    every_days: int
    at_most: int

    @classmethod
    def of(cls, kept: Mapping[str, int]) -> Policy:
        """Read what an envelope keeps; nothing kept means that nobody is reminded."""
        wanted = ("first_after_days", "every_days", "at_most")
        return cls(**{name: int(kept.get(name, 0)) for name in wanted})

    @property
    def is_on(self) -> bool:
        return min(self.first_after_days, self.every_days, self.at_most) > 0


def usual_policy() -> Policy:
    """Return how this installation reminds where nobody says otherwise."""
    kept = [int(part) for part in settings.PARAPH_REMINDERS.split()]
    return Policy(*kept) if len(kept) == len(fields(Policy)) else Policy(0, 0, 0)


def is_reminder_due(party: Party, policy: Policy, *, zone: str, at: datetime) -> bool:
    """Tell whether to write now: days are counted where the party is, never by hours."""
    if not policy.is_on or party.reminders >= policy.at_most or not party.is_asked:
        return False
    last = party.reminded_at or party.asked_at
    if last is None or not is_working_hour(at, zone=zone):
        return False
    days = policy.every_days if party.reminded_at else policy.first_after_days
    here = ZoneInfo(zone)
    return (at.astimezone(here).date() - last.astimezone(here).date()).days >= days


def is_working_hour(at: datetime, *, zone: str) -> bool:
    """Tell whether people work at that moment: Monday to Friday, 9 to 18 o'clock there."""
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() <= FRIDAY and OPENS <= local.hour < CLOSES
