"""The list of documents that are prepared, travel or came back: columns, filters, orders.

The board and the calendar narrow by the same filters. ``at`` is the moment for which it is told
what stands out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Template
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
from paraph.kit.numbers import key_of_row
from paraph.people.choices import everybody_here
from paraph.people.models import Department, Employee
from paraph.sales.queries import deals_to_choose, seen_deal_of
from paraph.signing import attention
from paraph.signing.attention import UNDER_WAY, Attention, Patience
from paraph.signing.models import AttentionRule, Enclosure, Envelope, Standing

NAME = "envelopes"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class StandingOut(OneOf):
    """Rows that stand out for one of the chosen reasons; ``any`` means all of them."""

    at: datetime
    patience: Patience

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if not (kinds := criteria.get(self.name)):
            return rows
        wanted = Attention.values if "any" in kinds else kinds
        return rows.filter(attention.any_of(wanted, at=self.at, patience=self.patience))


@dataclass(frozen=True)
class InDepartment(OneOf):
    """Rows of people in one of the departments, or anywhere below it."""

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if not (chosen := criteria.get(self.name)):
            return rows
        known = [key_of_row(value) for value in chosen]
        paths = Department.objects.filter(pk__in=known).values_list("path", flat=True)
        below = [Q(department__path__startswith=path) for path in paths]
        if not below:
            return rows.none()
        people = Employee.objects.filter(reduce(or_, below)).values("pk")
        return rows.filter(**{f"{self.field}__in": people})


@dataclass(frozen=True)
class OpenOrEnded(Period):
    """Rows that are open, or whose end lies between two days."""

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if not self.understood(criteria):
            return rows
        ended = super().narrow(rows.model._default_manager.all(), criteria).values("pk")
        return rows.filter(Q(**{self.field: None}) | Q(pk__in=ended))


@dataclass(frozen=True)
class OfTemplate(OneOf):
    """Rows with a document that was made from one of the templates."""

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        if not (chosen := criteria.get(self.name)):
            return rows
        known = [key_of_row(value) for value in chosen]
        made = Enclosure.objects.filter(document__template__in=known).values("envelope")
        return rows.filter(pk__in=made)


def envelope_listing(*, at: datetime, patience: Patience | None = None) -> Listing[Envelope]:
    """Return the list, the newest first, as things stand out at that moment."""
    patience = patience or attention.patience_of(AttentionRule.here())
    columns = [*_columns(at, patience), *_rarer_columns()]
    return Listing(NAME, columns, [*_filters(at, patience)], default_sort="-created")


def _columns(at: datetime, patience: Patience) -> Iterator[Column[Envelope]]:
    def marks(envelope: Envelope) -> str:
        found = attention.of(envelope, at=at, patience=patience)
        return ", ".join(str(mark.label) for mark in found)

    stages: dict[str, object] = dict(Standing.choices)  # a newer release may know more
    yield Column("title", _("Document"), lambda it: it.title, sort="sort_key")
    yield Column("client", _("Client"), lambda it: it.client_name, sort="client_key")
    yield Column("stage", _("Stage"), lambda it: str(stages.get(it.standing, it.standing)))
    yield Column("attention", _("Needs attention"), marks)
    yield Column("acting", _("Who must act"), lambda it: it.acting_names)
    yield Column("deadline", _("Deadline"), lambda it: it.deadline_at, sort="deadline_key")
    yield Column("amount", _("Amount"), lambda it: it.amount, sort="amount_key", is_default=False)
    yield Column(
        "responsible", _("Responsible"), lambda it: it.responsible.name, needs=("responsible",)
    )
    yield Column(
        "created", _("Created"), lambda it: it.created_at, sort="created_at", is_default=False
    )


def _rarer_columns() -> Iterator[Column[Envelope]]:
    rarely = partial(Column[Envelope], is_default=False)
    yield rarely("since", _("Since"), lambda it: it.stands_since, sort="stands_since")
    yield rarely("currency", _("Currency"), lambda it: it.currency)
    yield rarely("department", _("Department"), _department, needs=("responsible__department",))
    yield rarely("sent", _("Sent"), lambda it: it.sent_at, sort="sent_key")
    yield rarely("closed", _("Completed or ended"), lambda it: it.closed_at, sort="closed_key")
    yield rarely("deal", _("Deal"), seen_deal_of)
    yield rarely(
        "company",
        _("Our company"),
        lambda it: it.company.name if it.company else None,
        needs=("company",),
    )


def _filters(at: datetime, patience: Patience) -> Iterator[Filter]:
    yield OneOf("standing", _("Stage"), "standing", lambda _person: pairs(Standing.choices))
    yield StandingOut("attention", _("Needs attention"), "", _reasons, at=at, patience=patience)
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield InDepartment("department", _("Department"), "responsible", _departments)
    yield Contains("client", _("Client"), "client_key")
    yield Period("deadline", _("Deadline"), "deadline_at")
    yield Flag("due", _("Due in 7 days"), _due(at))
    yield Amounts("amount", _("Amount"), "amount")
    yield OfTemplate("template", _("Template"), "", _templates)
    yield OneOf("deal", _("Deal"), "deal", _deals)
    yield Period("created", _("Created"), "created_at")
    yield Period("sent", _("Sent"), "sent_at")
    yield Period("closed", _("Completed or ended"), "closed_at")
    yield OpenOrEnded("current", _("Open, or ended"), "closed_at")


def _due(at: datetime) -> Q:
    return Q(standing__in=UNDER_WAY, deadline_key__gt=at, deadline_key__lte=at + WEEK)


def _department(envelope: Envelope) -> str | None:
    department = envelope.responsible.department
    return department.name if department else None


def _reasons(_person: Employee) -> Sequence[tuple[str, str]]:
    return [("any", str(_("Anything"))), *pairs(Attention.choices)]


def _departments(_person: Employee) -> Sequence[tuple[str, str]]:
    """Return the tree as a list, each below its parent."""
    rows = Department.objects.order_by("path").values_list("pk", "name", "path")
    return [(str(pk), "\u2003" * (path.count("/") - 1) + name) for pk, name, path in rows]


def _templates(person: Employee) -> Sequence[tuple[str, str]]:
    rows = Template.objects.visible_to(person).order_by("name")
    return [(str(it.pk), str(it)) for it in rows]


def _deals(person: Employee) -> Sequence[tuple[str, str]]:
    return deals_to_choose(person, having="envelopes")
