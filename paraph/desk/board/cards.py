"""What a card says, in the reader's words; its template only puts it down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paraph.board.lanes import lane_key
from paraph.board.queries import Layout
from paraph.board.rules import moves_of, ways
from paraph.desk.addresses import opened, to
from paraph.desk.money import money
from paraph.desk.templatetags.frame import initials, tint
from paraph.people.access import Right
from paraph.people.models import Employee
from paraph.signing import attention
from paraph.signing.attention import Attention, Patience
from paraph.signing.models import AttentionRule, Envelope, Standing

MINUTES = timedelta(seconds=90)  # shorter ones are called one
TRAVELLING = (Standing.WITH_US, Standing.WITH_CLIENT)
ICONS = {
    Attention.BOUNCED: "mail-off",
    Attention.LOCKED: "lock",
    Attention.QUESTION: "help",
    Attention.OVERDUE: "alert-triangle",
    Attention.DEADLINE_NEAR: "clock",
    Attention.STAMP_LATE: "clock",
    Attention.UNREAD: "eye-off",
    Attention.UNFINISHED: "hourglass",
}
IN_DEADLINE = (Attention.OVERDUE, Attention.DEADLINE_NEAR)
"""What the line of the deadline says already."""


@dataclass(frozen=True)
class Mark:
    """Why a card stands out."""

    icon: str
    label: str
    is_bad: bool


@dataclass(frozen=True)
class Moment:
    """A moment as a card tells it, written once: templates would take most of the time for it."""

    ago: str
    whole: str
    exact: str


@dataclass(frozen=True)
class Card:
    """An envelope on the board."""

    envelope: Envelope
    stage: int
    lane: int | None
    amount: str
    since: Moment
    deadline: Moment | None
    is_late: bool
    is_near: bool
    marks: Sequence[Mark]
    initials: str
    tint: int
    responsible: str
    about: str
    address: str
    look: str
    moves: str
    """What one can do with it: ``send remind``; and ``into``, where to drag it for that."""
    into: str

    @property
    def order(self) -> str:
        """Return what cards of a column are sorted by, the greatest first."""
        return f"{self.envelope.stands_since.timestamp():017.6f}-{self.envelope.pk:019}"


class CardWriter:
    """Writes the cards of one answer; what they share is looked up once."""

    def __init__(self, person: Employee, layout: Layout, *, at: datetime) -> None:
        self.person, self.layout, self.at = person, layout, at
        self.patience: Patience = attention.patience_of(AttentionRule.here())
        self.stages = {it: layout.stage_of(it).pk for it in Standing.values}
        self.ways = {
            it: " ".join(f"{pk}:{move.value}" for pk, move in ways(it, layout.stages))
            for it in Standing.values
        }
        self.whose, self.more = _("Responsible: %(name)s"), _("More about %(title)s")
        self.address, self.look = opened(to("envelope-detail")), opened(to("board-card"))
        self.moves = {it: " ".join(move.value for move in moves_of(it)) for it in Standing.values}

    def cards(self, envelopes: Iterable[Envelope]) -> list[Card]:
        """Return the cards of these envelopes, each with what the person may do with it."""
        rows = list(envelopes)
        reach = Envelope.objects.shown_to(self.person, Right.SEND)
        mine = reach.filter(pk__in=[row.pk for row in rows]).order_by()
        steered = set(mine.values_list("pk", flat=True))
        return [self._card(row, may_steer=row.pk in steered) for row in rows]

    def _moment(self, moment: datetime) -> Moment:
        whole, exact = _told(moment, get_current_timezone_name(), get_language())
        return Moment(ago(moment, now=self.at), whole, exact)

    def _card(self, row: Envelope, *, may_steer: bool) -> Card:
        found = attention.of(row, at=self.at, patience=self.patience)
        is_travelling = row.standing in TRAVELLING and row.deadline_at is not None
        name, by = row.responsible.name, self.layout.lanes
        return Card(
            envelope=row,
            stage=self.stages[row.standing],
            lane=lane_key(row.responsible, by) if by else None,
            amount=money(row.amount, row.currency),
            since=self._moment(row.stands_since),
            deadline=self._moment(row.deadline_at) if is_travelling and row.deadline_at else None,
            is_late=is_travelling and Attention.OVERDUE in found,
            is_near=Attention.DEADLINE_NEAR in found,
            marks=[_mark(it) for it in found if not (is_travelling and it in IN_DEADLINE)],
            initials=initials(name),
            tint=tint(name),
            responsible=self.whose % {"name": name},
            about=self.more % {"title": row.title},
            address=self.address(row),
            look=self.look(row),
            moves=self.moves[row.standing] if may_steer else "",
            into=self.ways[row.standing] if may_steer else "",
        )


@lru_cache(4_000)
def _told(moment: datetime, _zone: str, _language: str | None) -> tuple[str, str]:
    """Return a moment in the reader's words and zone, and as machines read it.

    A board opens with the same cards again and again.
    """
    local = localtime(moment)
    return date_format(local, "DATETIME_FORMAT"), local.isoformat()


def ago(moment: datetime, *, now: datetime) -> str:
    """Return how far a moment lies from now, in the reader's words: ``3 days ago``."""
    far = moment - now
    if abs(far) < MINUTES:
        far = timedelta(minutes=-1 if far.total_seconds() < 0 else 1)
    return format_timedelta(
        far,
        granularity="minute",
        add_direction=True,
        threshold=1.2,
        locale=_locale(get_language() or "en"),
    )


def _mark(kind: Attention) -> Mark:
    is_bad = kind in (Attention.BOUNCED, Attention.LOCKED, Attention.OVERDUE)
    return Mark(ICONS[kind], str(kind.label), is_bad)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
