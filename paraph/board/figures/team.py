"""The figures of the people somebody may look at: four questions, however many they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, pairwise

from django.db.models import QuerySet
from django.utils import timezone

from paraph.documents.models import Template
from paraph.people.access import Level, Right, Section, colleagues, reach
from paraph.people.models import Department, Employee
from paraph.signing.models import Enclosure, Envelope, Envelopes

from . import counting
from .counting import Period, Standings
from .lines import Line, Week

WEEKS = (12, 26, 52)


@dataclass(frozen=True)
class Choice:
    """What of the team is looked at."""

    weeks: int = WEEKS[0]
    department: Department | None = None
    template: Template | None = None


@dataclass(frozen=True)
class Member:
    """One person of the team."""

    person: Employee
    line: Line


@dataclass(frozen=True)
class Branch:
    """One department of the team, with everybody below it."""

    department: Department
    depth: int
    line: Line

    @property
    def indent(self) -> str:
        """Return the space before its name in a plain list."""
        return "\u2003" * self.depth


@dataclass(frozen=True)
class Team:
    """The figures, of the busiest person first."""

    period: Period
    whole: Line
    members: Sequence[Member]
    branches: Sequence[Branch]
    weeks: Sequence[Week]


def reach_of(person: Employee, right: Right = Right.VIEW) -> Level:
    """Return how far somebody's figures reach: no further than the cards behind them."""
    monitoring = reach(person, Section.MONITORING, right)
    return min(monitoring, reach(person, Section.DOCUMENTS, Right.VIEW))


def people_of(person: Employee, right: Right = Right.VIEW) -> QuerySet[Employee]:
    """Return those whose figures somebody may see; what is shared makes nobody visible."""
    return colleagues(person, reach_of(person, right))


def team_of(person: Employee, choice: Choice, *, at: datetime, right: Right = Right.VIEW) -> Team:
    """Count for everybody within the person's reach, in the current time zone's weeks."""
    people, period = people_of(person, right), _period(choice.weeks, at=at)
    if choice.department is not None:
        people = people.filter(department__path__startswith=choice.department.path)
    is_everybody = choice.department is None and reach_of(person, right) is Level.ALL
    rows = _narrowed(None if is_everybody else people, choice.template)
    standings = list(counting.standings(rows, period))
    lines = _lines(standings, rows, period)
    names = {each.pk: each for each in people.select_related("department")}
    members = [Member(names[pk], line) for pk, line in lines.items() if pk in names]
    members.sort(key=lambda each: (-each.line.open, -each.line.sent, each.person.last_name))
    whole = Line()
    for line in lines.values():
        whole.add(line)
    weeks = _weeks(standings, period)
    return Team(period, whole, members, _branches(members), weeks)


def _narrowed(people: QuerySet[Employee] | None, template: Template | None) -> Envelopes:
    rows = Envelope.objects.all()
    if people is not None:
        rows = rows.filter(responsible__in=people.order_by().values("pk"))
    if template is not None:
        made = Enclosure.objects.filter(document__template=template)
        rows = rows.filter(pk__in=made.values("envelope"))
    return rows


def _period(weeks: int, *, at: datetime) -> Period:
    """Begin with a Monday of the reader's calendar; the last week is the running one."""
    today = timezone.localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    begins = [_begin(first + timedelta(weeks=number)) for number in range(weeks)]
    return Period(begins, at, due_by=at + timedelta(weeks=1))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _lines(standings: Iterable[Standings], rows: Envelopes, period: Period) -> Mapping[int, Line]:
    lines: defaultdict[int, Line] = defaultdict(Line)
    for each in standings:
        if each.number or each.sent:
            lines[each.person].count(each)
    for part in counting.lengths(rows, period):
        lines[part.person].time(part)
    return lines


def _weeks(standings: Iterable[Standings], period: Period) -> list[Week]:
    sent = _by_week((each.sent for each in standings), period)
    signed = _by_week((each.signed for each in standings), period)
    return [Week(*week) for week in zip(period.weeks, sent, signed, strict=True)]


def _by_week(moments: Iterable[list[int]], period: Period) -> list[int]:
    """Count moments by the week; the last one goes on."""
    ordered = sorted(chain.from_iterable(moments))
    ends = [bisect_left(ordered, begin.timestamp()) for begin in period.weeks[1:]]
    return [end - begin for begin, end in pairwise([0, *ends, len(ordered)])]


def _branches(members: Sequence[Member]) -> list[Branch]:
    """Add people up by department, each with all below it, in the order of the tree."""
    lines: defaultdict[int, Line] = defaultdict(Line)
    for member in members:
        if member.person.department is not None:
            for part in member.person.department.path.strip("/").split("/"):
                lines[int(part)].add(member.line)
    rows = {each.pk: each for each in Department.objects.filter(pk__in=lines)}
    ordered = sorted(rows.values(), key=lambda each: _trail(each, rows))
    return [Branch(each, len(_trail(each, rows)) - 1, lines[each.pk]) for each in ordered]


def _trail(department: Department, rows: Mapping[int, Department]) -> list[str]:
    parts = (int(part) for part in department.path.strip("/").split("/"))
    return [rows[part].name for part in parts]
