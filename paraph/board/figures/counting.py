"""What the database counts for the team's figures: each question once for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    F,
    Func,
    Q,
    QuerySet,
    TextChoices,
    TextField,
)
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from paraph.signing.attention import UNDER_WAY, Patience
from paraph.signing.models import Envelopes, Party, Standing

OPEN = (Standing.DRAFT, Standing.WITH_US, Standing.WITH_CLIENT, Standing.CLOSING)


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
    """How many seconds passed from their last act to the closing seal."""


def standings(rows: Envelopes, period: Period) -> Iterator[Standings]:
    """Count what is open now, what ended, and what was sent within the period.

    It is read in the order of an index, so nothing is sorted; on PostgreSQL nothing is opened.
    """
    since = _second(period.since)
    under_way = Q(standing__in=UNDER_WAY)
    lately = _second(period.until - timedelta(days=Patience().overdue))
    late = under_way & Q(deadline_at__lte=period.until)
    # As the list's filter has it, but to the second.
    late |= Q(standing=Standing.EXPIRED, closed_second__gt=lately)
    soon = Q(deadline_at__gt=period.until, deadline_at__lte=period.due_by)
    ended, sent = Q(closed_second__gte=since), Q(sent_second__gte=since)
    signed, closed = Q(standing=Standing.COMPLETED) & ended, F("closed_second")
    counted = (
        rows.filter(Q(standing__in=OPEN) | ended | sent)
        .order_by()
        .values("responsible", "standing")
        .annotate(
            number=Count("responsible", filter=Q(standing__in=OPEN) | ended),
            overdue=Count("responsible", filter=late),
            due=Count("responsible", filter=under_way & soon),
            sent=AsText("sent_second", filter=sent),
            signed=AsText(closed, filter=signed),
            took=AsText(closed - F("sent_second"), filter=signed),
            closing=AsText(closed - F("acted_second"), filter=signed),
        )
    )
    numbers = ("number", "overdue", "due")
    columns = ("responsible", "standing", *numbers, "sent", "signed", "took", "closing")
    for person, standing, number, overdue, due, *lists in counted.values_list(*columns):
        read = [_numbers(each) for each in lists]
        yield Standings(person, Standing(standing), number, overdue, due, *read)


@dataclass(frozen=True)
class Lengths:
    """How many seconds the parties took, of one person's envelopes."""

    person: int
    opening: list[int]
    client: list[int]
    ours: list[int]


def lengths(rows: Envelopes, period: Period) -> Iterator[Lengths]:
    """Tell how long clients took to open and to sign, and our own people from being asked.

    Every step counts in the period in which it ended.
    """
    since = _second(period.since)
    opened, acted = Q(opened_second__gte=since), Q(acted_second__gte=since)
    theirs = Q(employee__isnull=True)
    told = (
        _parties(rows)
        .filter(Few(opened | acted))
        .values_list("envelope__responsible")
        .annotate(
            opening=AsText(F("opened_second") - F("asked_second"), filter=opened & theirs),
            client=AsText(F("acted_second") - F("opened_second"), filter=acted & theirs),
            ours=AsText(F("acted_second") - F("asked_second"), filter=acted & ~theirs),
        )
    )
    for person, *lists in told:
        yield Lengths(person, *map(_numbers, lists))


def _parties(rows: Envelopes) -> QuerySet[Party]:
    parties = Party.objects.order_by()
    return parties.filter(envelope__in=rows.values("pk")) if rows.query.where else parties


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def _numbers(listed: str | None) -> list[int]:
    """Read numbers apart by commas; of all that Python has, JSON's reader is the quickest."""
    numbers: list[int] = json.loads(f"[{listed or ''}]")
    return numbers
