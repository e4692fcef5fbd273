"""What makes an envelope stand out: what somebody here has to look at, and how it is found.

Every kind is one condition on the envelope's own row, which an index answers; the same conditions,
asked of a row in hand, give the marks of its card.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices, Value
from django.utils.translation import gettext_lazy as _

from paraph.kit.prepared import given

from .models import AttentionRule, Envelope, Standing

UNDER_WAY = (Standing.WITH_US, Standing.WITH_CLIENT)
POSSIBLE = (*UNDER_WAY, Standing.CLOSING, Standing.EXPIRED)
CLOSING_TAKES = timedelta(minutes=15)
"""Longer, and an outside time stamp (or the seal) is late."""


class Attention(TextChoices):
    """Why an envelope stands out, the most pressing first."""

    BOUNCED = "bounced", _("Message came back")
    LOCKED = "locked", _("Code locked")
    QUESTION = "question", _("Question asked")
    OVERDUE = "overdue", _("Overdue")
    DEADLINE_NEAR = "deadline-near", _("Deadline near")
    STAMP_LATE = "stamp-late", _("Time stamp late")
    UNREAD = "unread", _("Not opened")
    UNFINISHED = "unfinished", _("Opened, not signed")


@dataclass(frozen=True)
class Patience:
    """After how many days something stands out."""

    near: int = 2
    """So long before its deadline."""
    unread: int = 3
    unfinished: int = 3
    overdue: int = 7
    """What expired is told of for so long; then it is history."""


def patience_of(rule: AttentionRule) -> Patience:
    """Return the days that an installation has settled on."""
    return Patience(rule.near_days, rule.unread_days, rule.unfinished_days)


@dataclass(frozen=True)
class Limits:
    """The moments that rows are compared with; or, in a prepared question, gaps for them."""

    at: datetime | Value
    near: datetime | Value
    unread: datetime | Value
    unfinished: datetime | Value
    overdue: datetime | Value
    closing: datetime | Value


GAPS = Limits(*(given(limit.name) for limit in fields(Limits)))


def limits_of(patience: Patience, *, at: datetime) -> Limits:
    """Return what rows are compared with now."""
    return Limits(
        at,
        near=at + timedelta(days=patience.near),
        unread=at - timedelta(days=patience.unread),
        unfinished=at - timedelta(days=patience.unfinished),
        overdue=at - timedelta(days=patience.overdue),
        closing=at - CLOSING_TAKES,
    )


def q(kind: str, *, at: datetime, patience: Patience = Patience()) -> Q:
    """Return the condition of a kind."""
    return _condition(kind, limits_of(patience, at=at))


def _condition(kind: str, limits: Limits) -> Q:
    return {
        Attention.BOUNCED: Q(is_bounced=True),
        Attention.LOCKED: Q(is_locked=True),
        Attention.QUESTION: Q(has_question=True),
        Attention.OVERDUE: _overdue(limits),
        Attention.DEADLINE_NEAR: Q(
            standing__in=UNDER_WAY, deadline_key__gt=limits.at, deadline_key__lte=limits.near
        ),
        Attention.STAMP_LATE: Q(standing=Standing.CLOSING, stands_since__lte=limits.closing),
        Attention.UNREAD: Q(unread_since__lte=limits.unread),
        Attention.UNFINISHED: Q(read_since__lte=limits.unfinished),
    }[Attention(kind)]


def any_of(
    kinds: Iterable[str] = Attention.values, *, at: datetime, patience: Patience = Patience()
) -> Q:
    """Return the condition that at least one of the kinds holds; without any kind, none does."""
    return any_within(kinds, limits_of(patience, at=at))


def any_within(kinds: Iterable[str], limits: Limits) -> Q:
    """Return the same for limits in hand."""
    each = [_condition(kind, limits) for kind in kinds if kind in Attention.values]
    # Nothing else stands out: this leads to an index where the kinds apart would not.
    return Q(standing__in=POSSIBLE) & reduce(or_, each) if each else Q(pk__in=[])


def of(envelope: Envelope, *, at: datetime, patience: Patience = Patience()) -> list[Attention]:
    """Return why a row in hand stands out, the most pressing first; asks no database."""
    is_under_way = envelope.standing in UNDER_WAY
    ends, days = envelope.deadline_at, patience
    holds = {
        Attention.BOUNCED: envelope.is_bounced,
        Attention.LOCKED: envelope.is_locked,
        Attention.QUESTION: envelope.has_question,
        Attention.OVERDUE: _is_overdue(envelope, at, patience),
        Attention.DEADLINE_NEAR: is_under_way
        and ends is not None
        and at < ends <= at + timedelta(days=days.near),
        Attention.STAMP_LATE: envelope.standing == Standing.CLOSING
        and _is_past(envelope.stands_since, at - CLOSING_TAKES),
        Attention.UNREAD: _is_past(envelope.unread_since, at - timedelta(days=days.unread)),
        Attention.UNFINISHED: _is_past(envelope.read_since, at - timedelta(days=days.unfinished)),
    }
    return [kind for kind in Attention if holds[kind]]


def _overdue(limits: Limits) -> Q:
    late = Q(standing__in=UNDER_WAY, deadline_key__lte=limits.at)
    return late | Q(standing=Standing.EXPIRED, stands_since__gt=limits.overdue)


def _is_overdue(envelope: Envelope, at: datetime, patience: Patience) -> bool:
    if envelope.standing == Standing.EXPIRED:
        return envelope.stands_since > at - timedelta(days=patience.overdue)
    return envelope.standing in UNDER_WAY and _is_past(envelope.deadline_at, at)


def _is_past(moment: datetime | None, limit: datetime) -> bool:
    return moment is not None and moment <= limit
