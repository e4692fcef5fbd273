"""What a digest tells: one's own documents, and those of the people one heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, Value

from paraph.kit.prepared import Prepared, given
from paraph.people.access import Level, Right, Section, headed_by, reach
from paraph.people.models import Department, Employee
from paraph.signing import attention
from paraph.signing.attention import Attention, Patience
from paraph.signing.models import AttentionRule, Envelope, Envelopes

from .models import Digest

MOST = 20
"""So many documents are named; of the rest it is told how many there are."""


@dataclass(frozen=True)
class Line:
    """One document, and why it needs somebody."""

    envelope: Envelope
    reasons: list[Attention]

    @property
    def url(self) -> str:
        return f"{settings.PARAPH_URL}/envelopes/{self.envelope.pk}/"


@dataclass(frozen=True)
class Colleague:
    """Somebody whom the reader heads, and how many documents need them."""

    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Contents:
    """A whole digest."""

    lines: Sequence[Line] = ()
    more: int = 0
    team: Sequence[Colleague] = ()

    @property
    def count(self) -> int:
        return len(self.lines) + self.more

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.team


def digest_of(person: Employee) -> Digest:
    """Return how the person wants it; as usual where they have not said."""
    return _DIGEST.first(person=person.pk) or Digest(employee=person)


_DIGEST = Prepared(lambda: Digest.objects.filter(employee=given("person")))


def kinds_of(digest: Digest, rule: AttentionRule) -> list[str]:
    """Return what counts for the person: their own choice, else the installation's, else all."""
    return digest.kinds or rule.kinds or list(Attention.values)


def counting_for(person: Employee) -> list[str]:
    """Return the reasons that count for the person."""
    return kinds_of(digest_of(person), AttentionRule.here())


def team_needing(person: Employee, *, at: datetime) -> list[Colleague]:
    """Return whom of those that one heads documents need, by the reasons that count for one."""
    patience = attention.patience_of(AttentionRule.here())
    return _team(person, attention.any_of(counting_for(person), at=at, patience=patience))


def needing(person: Employee, *, at: datetime) -> Envelopes:
    """Return the person's own documents that need attention, as far as they may see them."""
    rule = AttentionRule.here()
    return _needing(person, kinds_of(digest_of(person), rule), attention.patience_of(rule), at=at)


def number_needing(person: Employee, *, at: datetime, most: int) -> int:
    """Count the same, up to so many."""
    if not _sees_own(person):
        return needing(person, at=at).order_by()[:most].count()
    rule = AttentionRule.here()
    kinds = tuple(it for it in kinds_of(digest_of(person), rule) if it in Attention.values)
    limits = attention.limits_of(attention.patience_of(rule), at=at)
    return _own_needing(kinds, most).count(person=person.pk, **asdict(limits)) if kinds else 0


@cache
def _own_needing(kinds: tuple[str, ...], most: int) -> Prepared[tuple[int]]:
    condition = attention.any_within(kinds, attention.GAPS)
    own = _own(given("person")).filter(condition).order_by()
    return Prepared(lambda: own.values_list("pk")[:most])


def contents_of(digest: Digest, *, at: datetime) -> Contents:
    """Return what there is to tell the person now."""
    person, rule = digest.employee, AttentionRule.here()
    kinds, patience = kinds_of(digest, rule), attention.patience_of(rule)
    rows = _needing(person, kinds, patience, at=at)
    found = list(rows.defer("search_text").order_by("deadline_key", "id")[:MOST])
    more = rows.count() - len(found) if len(found) == MOST else 0
    lines = [
        Line(row, [it for it in attention.of(row, at=at, patience=patience) if it in kinds])
        for row in found
    ]
    condition = attention.any_of(kinds, at=at, patience=patience)
    return Contents(lines, more, _team(person, condition) if digest.with_team else ())


def due_now(*, at: datetime) -> list[Employee]:
    """Return those whose hour it is and who have anything to hear of, as it seems from afar."""
    rule = AttentionRule.here()
    condition = attention.any_of(at=at, patience=attention.patience_of(rule))
    rows = Envelope.objects.filter(condition).order_by().values_list("responsible", flat=True)
    owners = set(rows.distinct())
    heads = set(Department.objects.exclude(head=None).values_list("head", flat=True))
    people = Employee.objects.filter(is_active=True, pk__in=owners | heads if owners else ())
    return [it for it in people.select_related("digest", "department") if is_due(it, at=at)]


def is_due(person: Employee, *, at: datetime) -> bool:
    """Tell whether it is the person's hour, by their own clock."""
    local = at.astimezone(ZoneInfo(person.time_zone))
    digest = getattr(person, "digest", None) or Digest(employee=person)
    return digest.is_due(local.date(), hour=local.hour)


def _needing(
    person: Employee, kinds: Sequence[str], patience: Patience, *, at: datetime
) -> Envelopes:
    own = _own(person).filter(attention.any_of(kinds, at=at, patience=patience))
    if _sees_own(person):
        return own
    return Envelope.objects.shown_to(person).filter(pk__in=own.values("pk"))


def _sees_own(person: Employee) -> bool:
    """Whoever may see any documents sees their own; others what they were asked to sign."""
    return reach(person, Section.DOCUMENTS, Right.VIEW) is not Level.NONE


def _own(person: Employee | Value) -> Envelopes:
    # By keys: where nearly all has ended long ago, SQLite would rather look at every row.
    near = Envelope.objects.filter(responsible=person, standing__in=attention.POSSIBLE)
    return Envelope.objects.filter(pk__in=near.order_by().values("pk"))


def _team(person: Employee, condition: Q) -> list[Colleague]:
    """Return the people of the departments that one heads, the most needed first."""
    paths = [Q(department__path__startswith=path) for path in headed_by(person)]
    if not paths:
        return []
    people = Employee.objects.filter(reduce(or_, paths), is_active=True).exclude(pk=person.pk)
    names = {it.pk: it.name for it in people}
    rows = Envelope.objects.visible_to(person).filter(condition, responsible__in=list(names))
    counted = rows.order_by().values("responsible").annotate(count=Count("pk"))
    list_url = f"{settings.PARAPH_URL}/envelopes/?attention=any&responsible="
    return [
        Colleague(names[row["responsible"]], row["count"], f"{list_url}{row['responsible']}")
        for row in counted.order_by("-count", "responsible")
    ]
