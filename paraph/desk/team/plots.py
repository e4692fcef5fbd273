"""The plots of the team's figures as shapes: whole numbers that a template writes as SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language

from paraph.board.figures.lines import ENDED, Leg, Line, Week
from paraph.signing.models import Standing

from .lengths import length_words

TOP, BASE = 14, 180
"""Where the highest bar ends and all begin; below are the weeks."""
LEFT = 34
LINES = 4
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """An upright bar."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """A word or a number beside an axis."""

    at: int
    text: str


@dataclass(frozen=True)
class Trend:
    """What was sent and what was signed, week beside week."""

    name: str
    width: int
    sent: Sequence[Bar]
    signed: Sequence[Bar]
    levels: Sequence[Mark]
    weeks: Sequence[Mark]


def trend(weeks: Sequence[Week], *, name: str, width: int, labels: int) -> Trend:
    """Draw the weeks so wide, with about so many of them named."""
    level = _level(max((max(it.sent, it.signed) for it in weeks), default=0))
    most = level * LINES
    step = (width - LEFT) / len(weeks)
    half = max(int(step * 0.38), 2)

    def bar(place: int, number: int, *, shift: int) -> Bar:
        height = round((BASE - TOP) * number / most)
        return Bar(int(LEFT + step * place) + shift, BASE - height, half, height)

    every = -(-len(weeks) // labels)
    return Trend(
        name,
        width,
        [bar(place, it.sent, shift=1) for place, it in enumerate(weeks)],
        [bar(place, it.signed, shift=1 + half) for place, it in enumerate(weeks)],
        [
            Mark(BASE - (BASE - TOP) * each // LINES, str(level * each))
            for each in range(LINES + 1)
        ],
        [
            Mark(int(LEFT + step * place), day_words(it))
            for place, it in enumerate(weeks)
            if place % every == 0
        ],
    )


def day_words(week: Week) -> str:
    """Return the day with which a week begins, as the reader's language writes it."""
    return format_date(timezone.localtime(week.begins_at), "d MMM", locale=get_language() or "en")


def _level(most: int) -> int:
    """Return a round number of which ``LINES`` reach up to the most."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * LINES >= most:
                return step * size
        size *= 10


@dataclass(frozen=True)
class Part:
    """How many of those sent ended in one way, and its place in the bar of a thousand."""

    name: str
    label: str
    number: int
    share: int
    x: int
    width: int


FULL = 600


def parts(line: Line) -> list[Part]:
    """Divide those sent within the period by what became of them."""
    still = line.sent - sum(line.ends[each] for each in ENDED)
    numbers = {each: line.ends[each] for each in ENDED}
    found, x = [], 0
    for standing, number in numbers.items():
        width = round(FULL * number / line.sent) if line.sent else 0
        share = line.share(standing) or 0
        found.append(Part(standing.value, str(standing.label), number, share, x, width))
        x += width
    share = round(100 * still / line.sent) if line.sent else 0
    return [*found, Part("open", "", still, share, x, FULL - x)]


@dataclass(frozen=True)
class Stretch:
    """How long one part of the way takes: a bar to the median, a thin line to nine of ten."""

    label: str
    number: int
    median: str
    p90: str
    to_median: int
    to_p90: int


REACH = 200
AFTER_A_NUMBER = re.compile(r"(?<=\d) ")


def stretches(line: Line) -> list[Stretch]:
    """Draw every part of the way to one scale."""
    spreads = {leg: line.spread(leg) for leg in Leg}
    longest = max((it.p90 or 0 for it in spreads.values()), default=0) or 1
    return [
        Stretch(
            str(leg.label),
            it.number,
            _length(it.median),
            _length(it.p90),
            round(REACH * (it.median or 0) / longest),
            round(REACH * (it.p90 or 0) / longest),
        )
        for leg, it in spreads.items()
    ]


def _length(seconds: int | None) -> str:
    """Write a length whose numbers stay beside their units where a narrow column breaks it."""
    if seconds is None:
        return ""
    return AFTER_A_NUMBER.sub("\N{NO-BREAK SPACE}", length_words(seconds))


OPEN_ENDS = tuple(each for each in Standing if each not in ENDED and each != Standing.DRAFT)
