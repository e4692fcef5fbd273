"""The list of signed files: its columns, its filters, its orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from paraph.documents.models import DocumentClass
from paraph.kit.filters import (
    Amounts,
    Contains,
    Criteria,
    Filter,
    Flag,
    OneOf,
    Period,
    Rows,
    pairs,
)
from paraph.kit.listing import Column, Listing
from paraph.kit.search import normalise
from paraph.kit.typed import begin_of, day_of
from paraph.people.choices import everybody_here
from paraph.people.models import Employee
from paraph.sales.queries import deals_to_choose, seen_deal_of

from .calendar import later
from .models import Retention, SignedFile, TextState, is_on_hold

NAME = "vault"
Years = Mapping[str, int]
"""How long a class is kept; one that is not there is kept for ever."""


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
        first, last = (day_of(criteria.get(key, ())) for key in (self.since, self.until))
        if not (first or last):
            return rows
        leaving = Q(pk__in=())
        for document_class, years in self.years.items():
            of_class = Q(document_class=document_class)
            if first:
                of_class &= Q(completed_at__gte=later(begin_of(first), years=-years))
            if last:
                end = begin_of(last + timedelta(days=1))
                of_class &= Q(completed_at__lt=later(end, years=-years))
            leaving |= of_class
        return rows.filter(leaving)


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
    classes: dict[str, object] = dict(DocumentClass.choices)  # a newer release may know more
    yield Column("title", _("Document"), lambda it: it.title, sort="title_key")
    yield Column("client", _("Client"), lambda it: it.client_name, sort="client_key completed_at")
    yield Column(
        "class", _("Class"), lambda it: str(classes.get(it.document_class, it.document_class))
    )
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
    yield Column(
        "number", pgettext_lazy("of a document", "Number"), lambda it: it.number, is_default=False
    )
    yield Column("code", _("Document ID"), lambda it: it.readable, is_default=False)
    yield Column("pages", _("Pages"), lambda it: it.page_count, is_default=False)
    yield Column("currency", _("Currency"), lambda it: it.currency, is_default=False)
    yield Column("deal", _("Deal"), seen_deal_of, is_default=False)
    yield Column("text", _("Search"), lambda it: it.get_text_state_display(), is_default=False)


def _filters(years: Years) -> Iterator[Filter]:
    yield Client("client", _("Client"), "client_key")
    yield OneOf(
        "class", _("Class"), "document_class", lambda _person: pairs(DocumentClass.choices)
    )
    yield Period("completed", _("Signed"), "completed_at")
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield OneOf("deal", _("Deal"), "deal", _deals)
    yield Amounts("amount", _("Amount"), "amount", having=~Q(currency=""))
    yield Flag("held", _("On hold"), is_on_hold())
    yield Leaving("goes", _("Goes"), "completed_at", years)
    yield Flag("unread", _("Cannot be searched"), Q(text_state=TextState.UNREADABLE))


def _is_held(file: SignedFile) -> bool:
    """Say what the manager has read along with the row."""
    return bool(getattr(file, "is_held", False))


def _deals(person: Employee) -> Sequence[tuple[str, str]]:
    return deals_to_choose(person, having="signed_files")
