"""How documents are numbered: which number comes next, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Reset, Series

MOST_PADDING = 12
_DAY_SIGNS = re.compile(r"\{([^{}]*)\}")
_KNOWN_SIGNS = ("yyyy", "yy", "mm", "dd")


@dataclass(frozen=True)
class Upcoming:
    """The number that a series gives next, were a document made on that day."""

    period: str
    value: int
    text: str


@dataclass(frozen=True)
class SeriesCard:
    """What is written about a series."""

    name: str
    prefix: str = ""
    suffix: str = ""
    padding: int = 4
    step: int = 1
    start: int = 1
    reset: str = Reset.YEAR


def upcoming(series: Series, on: date) -> Upcoming:
    """Return what comes next; a series never goes back to a period that it has left."""
    period = max(period_of(on, series.reset), series.period)
    begins = period != series.period
    value = series.start if begins else series.next
    day = max(on, date.fromisoformat(period)) if period else on
    return Upcoming(period, value, text_of(series, value, day))


def period_of(on: date, reset: str) -> str:
    """Return the first day of the period that a day lies in; nothing where there is one for ever.

    As texts, earlier periods come before later ones.
    """
    match Reset(reset):
        case Reset.YEAR:
            return on.replace(month=1, day=1).isoformat()
        case Reset.MONTH:
            return on.replace(day=1).isoformat()
        case Reset.DAY:
            return on.isoformat()
        case Reset.NEVER:
            return ""


def text_of(series: Series | SeriesCard, value: int, on: date) -> str:
    """Return a number as it stands on the document."""
    digits = str(value).zfill(min(series.padding, MOST_PADDING))
    return _dated(series.prefix, on) + digits + _dated(series.suffix, on)


def obstacles_to_numbering(card: SeriesCard) -> list[str]:
    """Say everything that is wrong with the rule of a series."""
    obstacles = []
    if not card.name.strip():
        obstacles.append(_("Give the series a name."))
    if card.step < 1 or card.start < 0:
        obstacles.append(_("A series counts upwards: the step is 1 or more, the start 0 or more."))
    if card.padding > MOST_PADDING:
        obstacles.append(_("A number is filled up to at most %s digits.") % MOST_PADDING)
    signs = _signs(card)
    if unknown := [sign for sign in signs if sign not in _KNOWN_SIGNS]:
        words = _("{%s} is not known here. Write {yyyy}, {yy}, {mm} or {dd}.")
        obstacles.append(words % unknown[0])
    if _repeats(card.reset, signs):
        obstacles.append(
            _("Two documents would get the same number: name the period, as in {yyyy}, as well.")
        )
    return obstacles


def _signs(card: SeriesCard) -> Sequence[str]:
    return _DAY_SIGNS.findall(card.prefix + card.suffix)


def _repeats(reset: str, signs: Sequence[str]) -> bool:
    has_year = "yyyy" in signs or "yy" in signs
    needs = {
        Reset.NEVER: True,
        Reset.YEAR: has_year,
        Reset.MONTH: has_year and "mm" in signs,
        Reset.DAY: has_year and "mm" in signs and "dd" in signs,
    }
    return not needs[Reset(reset)]


def _dated(text: str, on: date) -> str:
    parts = {"yyyy": f"{on:%Y}", "yy": f"{on:%y}", "mm": f"{on:%m}", "dd": f"{on:%d}"}
    return _DAY_SIGNS.sub(lambda found: parts.get(found[1], found[0]), text)
