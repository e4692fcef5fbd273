"""What needs a person on the start page, each with the one thing that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.digests.queries import Colleague, counting_for, needing, number_needing, team_needing
from paraph.people.access import Right, Section, reach
from paraph.people.matrix import Level
from paraph.people.models import Employee
from paraph.signing import attention
from paraph.signing.attention import Attention
from paraph.signing.models import ACTING, AttentionRule, Envelope, Party, Standing

MOST = 8
CAP = 99


@dataclass(frozen=True)
class Remedy:
    """One thing to do: a link, or a button that does it."""

    label: str
    url: str
    is_post: bool = False


@dataclass(frozen=True)
class Need:
    """A document that stands out, why, and what helps."""

    envelope: Envelope
    marks: Sequence[Attention]
    remedy: Remedy | None


def count_of(person: Employee, *, at: datetime) -> int:
    """Return how many of the person's documents need attention, up to where it is worth it."""
    return number_needing(person, at=at, most=CAP + 1)


def needs_of(person: Employee, *, at: datetime) -> list[Need]:
    """Return what presses most, in two queries."""
    asked = Prefetch("parties", Party.objects.filter(status__in=ACTING), to_attr="asked")
    rows = needing(person, at=at).defer("search_text").prefetch_related(asked)
    kinds, patience = counting_for(person), attention.patience_of(AttentionRule.here())
    may_send = reach(person, Section.DOCUMENTS, Right.SEND) is not Level.NONE
    needs = []
    for envelope in rows.order_by("deadline_key", "id")[:MOST]:
        found = attention.of(envelope, at=at, patience=patience)
        marks = [mark for mark in found if mark in kinds]
        remedy = remedy_for(envelope, marks) if may_send else None
        needs.append(Need(envelope, marks, remedy))
    return needs


def team_of(person: Employee, *, at: datetime) -> Sequence[Colleague]:
    """Return the people of the departments that one heads whose documents need attention."""
    return team_needing(person, at=at)[:MOST]


def remedy_for(envelope: Envelope, marks: Sequence[Attention]) -> Remedy | None:
    """Return what mends the most pressing of the marks."""
    asked: list[Party] = getattr(envelope, "asked", [])
    one = next((party.pk for party in asked), None) if len(asked) == 1 else None
    page = reverse("envelope-detail", args=[envelope.pk])
    match marks[0] if marks else None:
        case Attention.BOUNCED:
            correct = reverse("party-reach", args=[envelope.pk, one]) if one else page
            return Remedy(_("Correct the address"), correct)
        case Attention.LOCKED:
            renew = reverse("party-link", args=[envelope.pk, one]) if one else page
            return Remedy(_("Send a new link"), renew, is_post=bool(one))
        case Attention.QUESTION:
            return Remedy(_("Answer"), f"{page}#questions")
        case _:
            return _of_time(envelope, marks, page)


def _of_time(envelope: Envelope, marks: Sequence[Attention], page: str) -> Remedy | None:
    if not marks or envelope.standing == Standing.CLOSING:
        return None
    if envelope.standing == Standing.EXPIRED:
        return Remedy(_("Use as new"), reverse("envelope-copy", args=[envelope.pk]), is_post=True)
    if marks[0] in {Attention.OVERDUE, Attention.DEADLINE_NEAR}:
        return Remedy(_("Move the deadline"), reverse("envelope-time", args=[envelope.pk]))
    return Remedy(_("Remind"), reverse("envelope-remind", args=[envelope.pk]), is_post=True)
