"""Until when somebody can act, told by the clock of the place where they are."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from .certificate.entries import zone_of
from .models import Party

PATTERN = "d MMMM y, HH:mm (VVV)"  # the zone is told by its city


def deadline_told(party: Party) -> str:
    """Return the moment in the party's language and time zone; empty without a deadline."""
    moment = party.envelope.deadline_at
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone_of(party)))
    return format_datetime(local, PATTERN, locale=party.language)
