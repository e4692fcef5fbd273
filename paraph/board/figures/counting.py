"""What the database counts for the team's figures: each question once for everybody."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from paraph.signing.attention import UNDER_WAY, Patience
from paraph.signing.models import Envelopes, Party, Standing

OPEN = (Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT, Standing.CLOSING)

ACTED = Coalesce("signed_at", "approved_at")

BITS = 32
"""In a marked number, whose it is stands before so many bits of how long it took."""
MARK = 2**BITS
ZERO = MARK // 2
"""Where its seconds begin: clocks may go back."""


class Epoch(Func):
    """A moment as whole seconds since 1970: a number that both databases subtract quickly."""

    arity = 1
    output_field = BigIntegerField()
    # EXTRACT would reckon with decimals, which takes three times as long.
    template = "CAST(FLOOR(DATE_PART('epoch', %(expressions)s)) AS bigint)"

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Read the text that SQLite keeps."""
        return super().as_sql(compiler, connection, template="unixepoch(%(expressions)s)", **extra)


class AsText(Aggregate):
    """Every number of a group in one text, apart by commas.

    A hundred thousand rows handed over one by one take longer than all the counting.
    """

    arity = 1
    output_field = TextField()
    function = "STRING_AGG"
    template = "%(function)s(CAST(%(expressions)s AS text), ',')"

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Use what SQLite calls it; a template of its own is refused where there is a filter."""
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


class Few(Func):
    """A condition, with the word to SQLite that few rows meet it: it begins with their table.

    It begins with the envelopes of one person after the other else, and looks for the parties of
    each, which takes it twice as long as all parties in their order.
    """

    arity = 1
    output_field = BooleanField()
    template = "(%(expressions)s)"

    # Any: what Django hands on.
    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Use what SQLite calls it."""
        return super().as_sql(compiler, connection, template="UNLIKELY(%(expressions)s)", **extra)


class Leg(TextChoices):
    """A part of the way to the completed document, whose length is measured."""

    OURS = "ours", _("Our approval and signature")
    OPENING = "opening", _("The client opens it")
    CLIENT = "client", _("The client signs")
    CLOSING = "closing", _("Closing")
    WHOLE = "whole", _("From sending to signed")


LEGS = list(Leg)


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
    """The envelopes of one person that stand in one place: open, or ended within the period."""

    person: int
    standing: Standing
    number: int
    """Late ones and those soon due included."""
    overdue: int
    due: int
    sent: list[int]
    """When those were sent that were sent within the period, in seconds since 1970."""
    signed: list[int]
    """When those were completed that were completed within the period."""
    took: list[int]
    """How many seconds those took from their sending."""
    closing: list[int]
    """How many the last seal alone took those that were sent before the period."""


def standings(rows: Envelopes, period: Period) -> Iterator[Standings]:
    """Count what is open now, what ended, and what was sent within the period.

    It is read in the order of the index that holds all of it, so nothing is sorted or opened.
    """
    under_way = Q(standing__in=UNDER_WAY)
    lately = period.until - timedelta(days=Patience().overdue)
    late = under_way & Q(deadline_at__lte=period.until)
    late |= Q(standing=Standing.EXPIRED, closed_at__gt=lately)  # as the list's filter has it
    soon = Q(deadline_at__gt=period.until, deadline_at__lte=period.due_by)
    ended, sent = Q(closed_at__gte=period.since), Q(sent_at__gte=period.since)
    signed, closed = Q(standing=Standing.COMPLETED) & ended, Epoch("closed_at")
    acts = Party.objects.filter(envelope=OuterRef("pk")).order_by()
    last = Subquery(acts.values(last=Func(ACTED, function="MAX")))  # Max() would group one group
    counted = (
        rows.filter(Q(standing__in=OPEN) | ended | sent)
        .order_by()
        .values("responsible", "standing")
        .annotate(
            number=Count("pk", filter=Q(standing__in=OPEN) | ended),
            overdue=Count("pk", filter=late),
            due=Count("pk", filter=under_way & soon),
            sent=AsText(Epoch("sent_at"), filter=sent),
            signed=AsText(closed, filter=signed),
            took=AsText(closed - Epoch("sent_at"), filter=signed),
            closing=AsText(closed - Epoch(last), filter=signed & ~sent),
        )
    )
    numbers = ("number", "overdue", "due")
    columns = ("responsible", "standing", *numbers, "sent", "signed", "took", "closing")
    for person, standing, number, overdue, due, *lists in counted.values_list(*columns):
        read = [_numbers(each) for each in lists]
        yield Standings(person, Standing(standing), number, overdue, due, *read)


@dataclass(frozen=True)
class Lengths:
    """How many seconds steps of one kind took, of one person's envelopes."""

    person: int
    leg: Leg
    seconds: list[int]


def lengths(rows: Envelopes, period: Period) -> Iterator[Lengths]:
    """Tell how long clients took to open and to sign, our own people from being asked, and the
    last seal of what was sent within the period.

    Every step counts in the period in which it ended.
    """
    opened, theirs = Q(opened_at__gte=period.since), Q(employee__isnull=True)
    acted, its = Q(acted_at__gte=period.since), Q(envelope__standing=Standing.COMPLETED)
    its &= Q(envelope__sent_at__gte=period.since, envelope__closed_at__isnull=False)
    closed = acted & its
    either = Case(
        When(theirs, then=_marked(Leg.CLIENT, "opened_at", "acted_at")),
        default=_marked(Leg.OURS, "asked_at", "acted_at"),
    )
    told = _parties(rows).filter(Few(opened | acted))
    found = told.aggregate(
        opened=AsText(_marked(Leg.OPENING, "asked_at", "opened_at"), filter=opened & theirs),
        acted=AsText(either, filter=acted),
        closed=AsText(_marked(Leg.CLOSING, "acted_at", "envelope__closed_at"), filter=closed),
        envelopes=AsText("envelope", filter=closed),
    )
    read = {name: _numbers(listed) for name, listed in found.items()}
    closing = _least(read["envelopes"], read["closed"])
    yield from _read(chain(read["opened"], read["acted"], closing))


def _least(keys: Sequence[int], numbers: Sequence[int]) -> Iterable[int]:
    """Return the least number of each key: what passed since the last act, of each act's."""
    least: dict[int, int] = {}
    for key, number in zip(keys, numbers, strict=True):
        if least.get(key, number) >= number:
            least[key] = number
    return least.values()


def _parties(rows: Envelopes) -> QuerySet[Party]:
    """Return the parties, and when each acted."""
    parties = Party.objects.order_by()
    if rows.query.where:
        parties = parties.filter(envelope__in=rows.values("pk"))
    return parties.annotate(acted_at=ACTED)


def _marked(leg: Leg, begin: str, end: str) -> Combinable:
    """Return the seconds from one moment to another, marked with whose envelope's leg it was.

    Grouped by person, all the rows would be sorted before.
    """
    person = ExpressionWrapper(F("envelope__responsible"), output_field=BigIntegerField())
    mark = person * Value(len(LEGS) * MARK) + Value(LEGS.index(leg) * MARK + ZERO)
    return mark + Epoch(end) - Epoch(begin)


def _read(numbers: Iterable[int]) -> Iterator[Lengths]:
    """Take marked numbers apart."""
    marked: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        marked[number >> BITS].append(number)
    for mark, several in marked.items():
        person, leg = divmod(mark, len(LEGS))
        zero = mark * MARK + ZERO
        yield Lengths(person, LEGS[leg], [number - zero for number in several])


def _numbers(listed: str | None) -> list[int]:
    """Read numbers apart by commas; of all that Python has, JSON's reader is the quickest."""
    numbers: list[int] = json.loads(f"[{listed or ''}]")
    return numbers
