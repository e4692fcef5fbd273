"""The calendar of deadlines, narrowed by the filters of the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.board.deadlines import EXPECTED, Day, days_of, month_of
from paraph.board.listing import envelope_listing
from paraph.desk.envelopes.room import ENVELOPES
from paraph.desk.lists.asking import Question, query_of
from paraph.desk.lists.filtering import chips_of, fields_of
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import attention
from paraph.signing.attention import Attention, patience_of
from paraph.signing.models import AttentionRule, Envelope, Envelopes

CALENDAR = replace(ENVELOPES, address="calendar", label=gettext_lazy("Calendar"))
MOST_OF_MONTH, MOST_OF_WEEK = 4, 40
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One document on its day."""

    envelope: Envelope
    mark: str
    """What stands out of it, in words."""
    is_late: bool


@dataclass(frozen=True)
class Box:
    """One day as the page shows it."""

    day: date
    entries: list[Entry]
    more: str
    """Where all of the day's documents are, when not all are here."""
    number: int | None
    is_today: bool
    is_beside: bool
    """Whether the day belongs to the month before or after."""


@allow(Section.DOCUMENTS, Right.VIEW)
def show(request: Request) -> HttpResponse:
    """Show the month or the week of a day, today's unless another is asked for."""
    today = timezone.localdate(request.received_at)
    span = "week" if request.GET.get("span") == "week" else "month"
    day = _day(request.GET.get("day", "")) or today
    question = _asked(request)
    first, count = (day - day.weekday() * ONE, 7) if span == "week" else month_of(day)
    most = MOST_OF_WEEK if span == "week" else MOST_OF_MONTH
    zone = timezone.get_current_timezone()
    days = days_of(_rows(request, question), first=first, count=count, most=most, zone=zone)
    boxes = _boxes(request, question, days, month=None if span == "week" else day.month)
    context = {
        "weeks": [boxes[at : at + 7] for at in range(0, len(boxes), 7)],
        "is_empty": not any(box.entries for box in boxes),
        "question": question,
        "chips": chips_of(question, request.user),
        "span": span,
        "day": day,
        "heading": _heading(first, day, span),
        "ways": _ways(question, day, today=today, span=span),
    }
    part = "#calendar" if request.htmx else ""
    return render(request, f"desk/calendar/calendar.html{part}", context)


@allow(Section.DOCUMENTS, Right.VIEW)
def filters(request: Request) -> HttpResponse:
    """Offer the filters of the list; they lead back to the calendar."""
    question = _asked(request)
    context = {"question": question, "fields": list(fields_of(question, request.user))}
    part = "#dialog" if request.htmx else ""
    return render(request, f"desk/lists/filters.html{part}", context)


def _asked(request: Request) -> Question[Envelope]:
    listing = envelope_listing(at=request.received_at)
    criteria = listing.criteria(request.GET)
    return Question(CALENDAR, listing, criteria, sort="deadline", columns=(), cursor=None)


def _rows(request: Request, question: Question[Envelope]) -> Envelopes:
    rows = Envelope.objects.visible_to(request.user)
    if not {"standing", "attention"} & question.criteria.keys():
        rows = rows.filter(standing__in=EXPECTED)
    return question.listing.narrow(rows, question.criteria).defer("search_text")


def _boxes(
    request: Request, question: Question[Envelope], days: list[Day], *, month: int | None
) -> list[Box]:
    at, patience = request.received_at, patience_of(AttentionRule.here())

    def entry(envelope: Envelope) -> Entry:
        marks = attention.of(envelope, at=at, patience=patience)
        words = ", ".join(str(mark.label) for mark in marks)
        return Entry(envelope, words, is_late=Attention.OVERDUE in marks)

    return [
        Box(
            it.day,
            [entry(envelope) for envelope in it.envelopes],
            more=_all_of(question, it.day) if it.is_more else "",
            number=it.number,
            is_today=it.day == timezone.localdate(at),
            is_beside=month is not None and it.day.month != month,
        )
        for it in days
    ]


def _all_of(question: Question[Envelope], day: date) -> str:
    criteria = question.criteria | {
        "deadline_from": [day.isoformat()],
        "deadline_until": [day.isoformat()],
    }
    return f"{reverse('envelope-list')}?{query_of(criteria)}"


def _heading(first: date, day: date, span: str) -> str:
    if span == "month":
        return formats.date_format(day, "YEAR_MONTH_FORMAT")
    ends = [formats.date_format(it, "DATE_FORMAT") for it in (first, first + 6 * ONE)]
    return _("%(first)s to %(last)s") % {"first": ends[0], "last": ends[1]}


def _ways(question: Question[Envelope], day: date, *, today: date, span: str) -> dict[str, str]:
    """Return where one can go from here, with the same filters."""
    if span == "week":
        before, after = day - 7 * ONE, day + 7 * ONE
    else:
        before, after = day.replace(day=1) - ONE, day.replace(day=1) + 32 * ONE
        before, after = before.replace(day=1), after.replace(day=1)
    days = {"before": (before, span), "after": (after, span), "today": (today, span)}
    days |= {"month": (day, "month"), "week": (day, "week")}
    return {name: _way(question, *where) for name, where in days.items()}


def _way(question: Question[Envelope], day: date, span: str) -> str:
    query = {**question.criteria, "day": [day.isoformat()], "span": [span]}
    return f"{reverse('calendar')}?{urlencode(query, doseq=True)}"


def _day(given: str) -> date | None:
    """Read a day far enough from the ends of time for a month around it."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None
