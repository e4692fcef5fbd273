"""What the database counts for the team's figures: each question once for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from paraph.signing.attention import UNDER_WAY, Patience
from paraph.signing.models import Envelope, Envelopes, Party, Standing

SECONDS_OF_A_WEEK = 7 * 86_400
HALF_A_WEEK = timedelta(seconds=SECONDS_OF_A_WEEK / 2)

OPEN = (Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT, Standing.CLOSING)


class Epoch(Func):
    """A moment as whole seconds since 1970: a number that both databases subtract quickly."""

    arity = 1
    output_field = BigIntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS bigint)"

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Read the text that SQLite keeps."""
        return super().as_sql(compiler, connection, template="unixepoch(%(expressions)s)", **extra)


class Listed(Aggregate):
    """Every number of a group in one text, apart by commas.

    A hundred thousand rows handed over one by one take longer than all the counting.
    """

    arity = 1
    output_field = TextField()
    template = "STRING_AGG(CAST(%(expressions)s AS text), ',')"

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Use what SQLite calls it."""
        return super().as_sql(
            compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **extra
        )


class Leg(TextChoices):
    """A part of the way to the completed document, whose length is measured."""

    OURS = "ours", _("Our approval and signature")
    OPENING = "opening", _("The client opens it")
    CLIENT = "client", _("The client signs")
    CLOSING = "closing", _("Closing")
    WHOLE = "whole", _("From sending to signed")


@dataclass(frozen=True)
class Period:
    """The time that is looked at; what is due is due by ``due_by``."""

    weeks: Sequence[datetime]
    """With what moment each begins, on the reader's clock."""
    until: datetime
    due_by: datetime

    @property
    def since(self) -> datetime:
        return self.weeks[0]


@dataclass(frozen=True)
class Standings:
    """How many envelopes of one person stand somewhere, late ones and those soon due included."""

    person: int
    standing: Standing
    number: int
    overdue: int
    due: int


def standings(rows: Envelopes, period: Period) -> Iterator[Standings]:
    """Count what is open now, and what ended within the period."""
    seen = rows.filter(Q(standing__in=OPEN) | Q(closed_at__gte=period.since))
    under_way = Q(standing__in=UNDER_WAY)
    lately = period.until - timedelta(days=Patience().overdue)
    late = Q(deadline_at__lte=period.until) & under_way
    late |= Q(standing=Standing.EXPIRED, closed_at__gt=lately)  # as the list's filter has it
    soon = Q(deadline_at__gt=period.until, deadline_at__lte=period.due_by)
    counted = (
        seen.order_by()
        .values("responsible", "standing")
        .annotate(
            number=Count("pk"),
            overdue=Count("pk", filter=late),
            due=Count("pk", filter=under_way & soon),
        )
    )
    columns = ("responsible", "standing", "number", "overdue", "due")
    for person, standing, *numbers in counted.values_list(*columns):
        yield Standings(person, Standing(standing), *numbers)


def outcomes(rows: Envelopes, period: Period) -> QuerySet[Envelope, tuple[int, str, int]]:
    """Count what became of those sent within the period: person, where they stand, how many."""
    sent = rows.filter(sent_at__gte=period.since).order_by()
    return sent.values_list("responsible", "standing").annotate(number=Count("pk"))


def sent_by_week(rows: Envelopes, period: Period) -> Iterator[tuple[int, int]]:
    """Count those sent, by the number of the week."""
    sent = rows.filter(sent_at__gte=period.since)
    return _by_week(sent, period, moment="sent_at", number=Count("pk"))


def signed_by_week(rows: Envelopes, period: Period) -> Iterator[tuple[int, int]]:
    """Count those completed, by the number of the week.

    All that ended are read, from the index: asked for the completed alone, SQLite opens each row.
    """
    signed = Count("pk", filter=Q(standing=Standing.COMPLETED))
    ended = rows.filter(closed_at__gte=period.since)
    return _by_week(ended, period, moment="closed_at", number=signed)


def _by_week(
    rows: Envelopes, period: Period, *, moment: str, number: Count
) -> Iterator[tuple[int, int]]:
    """Count by week where the reader is: the clocks change in the middle of some weeks.

    Which of its two times a moment in the middle is told by does not matter; near the
    ends of the week it does.
    """
    first, *changes = _clocks(period.weeks)
    whens = [When(**{f"{moment}__lt": until}, then=Value(offset)) for until, offset in changes]
    offset = Case(*whens, default=Value(first)) if whens else Value(first)
    local = Epoch(moment) + offset - _local_seconds(period.since)
    counted = rows.order_by().values(week=local / SECONDS_OF_A_WEEK).annotate(number=number)
    yield from counted.values_list("week", "number")


def _clocks(weeks: Sequence[datetime]) -> tuple[int, *tuple[tuple[datetime, int], ...]]:
    """Return how far the last week's clock is ahead; before it, until when which one was."""
    offsets = [_offset(begin) for begin in weeks]
    pairs = zip(weeks, offsets, offsets[1:], strict=False)
    changes = [(begin + HALF_A_WEEK, before) for begin, before, after in pairs if before != after]
    return (offsets[-1], *changes)


def _offset(moment: datetime) -> int:
    ahead = moment.utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _local_seconds(moment: datetime) -> int:
    return int(moment.timestamp()) + _offset(moment)


@dataclass(frozen=True)
class Lengths:
    """How many seconds steps of one kind took, of one person's envelopes."""

    person: int
    leg: Leg
    seconds: list[int]


def lengths_of_parties(rows: Envelopes, period: Period) -> Iterator[Lengths]:
    """Tell how long clients took to open and to sign, and our own people from being asked.

    Every step counts in the period in which it ended. Grouped by person alone, in whose order
    the envelopes are read, they need not be sorted.
    """
    parties = Party.objects.order_by()
    if rows.query.where:
        parties = parties.filter(envelope__in=rows.values("pk"))
    theirs, opened = Q(employee__isnull=True), Q(opened_at__gte=period.since)
    acted = Q(acted_at__gte=period.since)
    seen = parties.annotate(acted_at=Coalesce("signed_at", "approved_at")).filter(opened | acted)
    grouped = seen.values("envelope__responsible").annotate(
        opening=_between("asked_at", "opened_at", where=opened & theirs),
        client=_between("opened_at", "acted_at", where=acted & theirs),
        ours=_between("asked_at", "acted_at", where=acted & ~theirs),
    )
    legs = {"opening": Leg.OPENING, "client": Leg.CLIENT, "ours": Leg.OURS}
    for person, *listed in grouped.values_list("envelope__responsible", *legs):
        for leg, numbers in zip(legs.values(), listed, strict=True):
            yield Lengths(person, leg, _numbers(numbers))


def _between(begin: str, end: str, *, where: Q) -> Listed:
    """List the seconds from one moment to another."""
    return Listed(Case(When(where, then=Epoch(end) - Epoch(begin))))


def lengths_of_envelopes(rows: Envelopes, period: Period) -> Iterator[Lengths]:
    """Tell how long it took from sending to the completed file, and the last seal alone."""
    acts = Party.objects.filter(envelope=OuterRef("pk")).order_by().values("envelope")
    last = acts.annotate(last_at=Max(Coalesce("signed_at", "approved_at"))).values("last_at")
    completed = _completed(rows, period).annotate(last_at=Subquery(last), ended=Epoch("closed_at"))
    grouped = completed.values("responsible").annotate(
        whole=Listed(F("ended") - Epoch("sent_at")), closing=Listed(F("ended") - Epoch("last_at"))
    )
    for person, whole, closing in grouped.values_list("responsible", "whole", "closing"):
        yield Lengths(person, Leg.WHOLE, _numbers(whole))
        yield Lengths(person, Leg.CLOSING, _numbers(closing))


def _completed(rows: Envelopes, period: Period) -> Envelopes:
    return rows.filter(standing=Standing.COMPLETED, closed_at__gte=period.since).order_by()


def _numbers(listed: str | None) -> list[int]:
    return list(map(int, listed.split(","))) if listed else []
