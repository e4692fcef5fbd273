"""The list of signed files: its columns, its filters, its orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import DocumentClass
from paraph.kit.listing import (
    Column,
    Contains,
    Criteria,
    Filter,
    Flag,
    Listing,
    OneOf,
    Period,
    Rows,
)
from paraph.kit.search import normalise
from paraph.people.models import Employee
from paraph.sales.models import Deal

from .calendar import later
from .models import Retention, SignedFile, TextState, is_on_hold

NAME = "vault"
Years = Mapping[str, int]
"""How long a class is kept; one that is not there is kept for ever."""
MOST_DEALS = 200


@dataclass(frozen=True)
class Client(Contains):
    """Rows whose client has the typed words; the words' own index leads to them."""

    def narrow(self, rows: Rows, criteria: Criteria, *, one_by_one: bool = False) -> Rows:
        typed = "".join(criteria.get(self.name, ())[:1])
        if not typed.strip():
            return rows
        fitting = rows.filter(**{f"{self.field}__contains": normalise(typed)})
        searched = cast("Any", fitting).matching(typed, one_by_one=one_by_one)
        return cast(Rows, searched)


@dataclass(frozen=True)
class Leaving(Period):
    """Rows whose retention ends between two days: what their class says, counted backwards."""

    years: Years = field(default_factory=dict)

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        first, last = (_day(criteria.get(key, ())) for key in (self.since, self.until))
        if not (first or last):
            return rows
        leaving = Q(pk__in=())
        for document_class, years in self.years.items():
            of_class = Q(document_class=document_class)
            if first:
                of_class &= Q(completed_at__gte=later(_begin(first), years=-years))
            if last:
                end = _begin(last + timedelta(days=1))
                of_class &= Q(completed_at__lt=later(end, years=-years))
            leaving |= of_class
        return rows.filter(leaving)


@dataclass(frozen=True)
class AtLeast:
    """Rows whose amount is not under (or, ``is_most``, not over) the typed one."""

    name: str
    label: Any  # Any: words, lazily translated or not
    field: str
    is_most: bool = False

    def understood(self, given: Mapping[str, Sequence[str]]) -> Criteria:
        amount = _amount(given.get(self.name, ()))
        return {self.name: [str(amount)]} if amount is not None else {}

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        amount = _amount(criteria.get(self.name, ()))
        if amount is None:
            return rows
        bound = "lte" if self.is_most else "gte"
        return rows.filter(**{f"{self.field}__{bound}": amount}).exclude(currency="")


def vault_listing() -> Listing[SignedFile]:
    """Return the list, last signed first, with the retention that is in force now."""
    years = retention_years()
    return Listing(NAME, [*_columns(years)], [*_filters(years)], default_sort="-completed")


def retention_years() -> dict[str, int]:
    """Return how many years each class is kept, without those kept for ever."""
    return dict(Retention.objects.values_list("document_class", "years"))


def goes_at(file: SignedFile, years: Years) -> datetime | None:
    """Return when a file's retention ends; nothing when it is kept for ever."""
    kept = years.get(file.document_class)
    return later(file.completed_at, years=kept) if kept else None


def _columns(years: Years) -> Iterator[Column[SignedFile]]:
    yield Column("title", _("Document"), lambda it: it.title, sort="title_key")
    yield Column("client", _("Client"), lambda it: it.client_name, sort="client_key completed_at")
    yield Column("class", _("Class"), lambda it: it.get_document_class_display())
    yield Column(
        "amount", _("Amount"), lambda it: it.amount if it.currency else None, sort="amount"
    )
    yield Column("completed", _("Signed"), lambda it: it.completed_at, sort="completed_at")
    yield Column("goes", _("Kept until"), lambda it: goes_at(it, years))
    yield Column(
        "responsible", _("Responsible"), lambda it: it.responsible.name, needs=("responsible",)
    )
    yield from _rarer_columns()


def _rarer_columns() -> Iterator[Column[SignedFile]]:
    yield Column("held", _("On hold"), _is_held, is_default=False)
    yield Column("number", _("Number"), lambda it: it.number, is_default=False)
    yield Column("code", _("Document ID"), lambda it: it.readable, is_default=False)
    yield Column("pages", _("Pages"), lambda it: it.page_count, is_default=False)
    yield Column("currency", _("Currency"), lambda it: it.currency, is_default=False)
    yield Column(
        "deal",
        _("Deal"),
        lambda it: it.deal.title if it.deal else None,
        is_default=False,
        needs=("deal",),
    )
    yield Column("text", _("Search"), lambda it: it.get_text_state_display(), is_default=False)


def _filters(years: Years) -> Iterator[Filter]:
    yield Client("client", _("Client"), "client_key")
    yield OneOf("class", _("Class"), "document_class", lambda _person: _pairs(DocumentClass))
    yield Period("completed", _("Signed"), "completed_at")
    yield OneOf("responsible", _("Responsible"), "responsible", _employees)
    yield OneOf("deal", _("Deal"), "deal", _deals)
    yield AtLeast("amount_from", _("Amount from"), "amount")
    yield AtLeast("amount_until", _("Amount up to"), "amount", is_most=True)
    yield Flag("held", _("On hold"), is_on_hold())
    yield Leaving("goes", _("Goes"), "completed_at", years)
    yield Flag("unread", _("Cannot be searched"), Q(text_state=TextState.UNREADABLE))


def _is_held(file: SignedFile) -> bool:
    """Say what the manager has read along with the row."""
    return bool(getattr(file, "is_held", False))


def _deals(person: Employee) -> Sequence[tuple[str, str]]:
    """Return the newest deals that have a signed file, among those the person may see."""
    signed = Deal.objects.visible_to(person).filter(signed_files__isnull=False).distinct()
    rows: QuerySet[Deal] = signed.order_by("-pk")[:MOST_DEALS]
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


def _employees(person: Employee) -> Sequence[tuple[str, str]]:
    """Return everybody who works here, oneself first."""
    others = Employee.objects.filter(is_active=True).exclude(pk=person.pk)
    return [(str(it.pk), it.name) for it in (person, *others)]


def _pairs(words: type[DocumentClass]) -> Sequence[tuple[str, str]]:
    return [(value, str(label)) for value, label in words.choices]


def _amount(given: Sequence[str]) -> Decimal | None:
    typed = "".join([*given][:1]).replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    try:
        amount = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**12 else None


def _day(given: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat("".join([*given][:1]))
    except ValueError:
        return None


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
