"""How years are counted from a completion on."""

from __future__ import annotations

from datetime import datetime


def later(moment: datetime, *, years: int) -> datetime:
    """Return the same day so many years later (or earlier); 29 February becomes the 28th."""
    year = moment.year + years
    if year > 9000:
        return moment.replace(year=9000, day=min(moment.day, 28))
    try:
        return moment.replace(year=year)
    except ValueError:
        return moment.replace(year=year, day=28)
