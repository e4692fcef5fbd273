"""Days and numbers as people type them into a filter, or leave them in an address."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils import timezone

MOST_DIGITS = 12


def day_of(given: Sequence[str]) -> date | None:
    """Return the day that a criterion names."""
    try:
        return date.fromisoformat("".join([*given][:1]))
    except ValueError:
        return None


def number_of(given: Sequence[str]) -> Decimal | None:
    """Read a number as people type it, within what a column of money holds."""
    typed = "".join("".join([*given][:1]).split()).replace(",", ".")
    try:
        number = Decimal(typed) if len(typed) <= MOST_DIGITS else Decimal("nan")
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**MOST_DIGITS else None


def begin_of(day: date) -> datetime:
    """Return the moment at which a day begins for the reader."""
    return timezone.make_aware(datetime.combine(day, time()))
