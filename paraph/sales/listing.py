"""The list of deals: its columns, its filters, its orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.kit.filters import Criteria, Filter, Flag, OneOf, Period, Rows, pairs
from paraph.kit.listing import Column, Listing
from paraph.people.choices import everybody_here
from paraph.people.models import Employee

from .lifecycle import StageKind
from .models import Deal, DealStage, Source

NAME = "deals"


@dataclass(frozen=True)
class Days(Period):
    """Rows whose day lies between two days: a date has no time zone."""

    def narrow(self, rows: Rows, criteria: Criteria) -> Rows:
        for key, bound in ((self.since, "gte"), (self.until, "lte")):
            if given := criteria.get(key):
                rows = rows.filter(**{f"{self.field}__{bound}": date.fromisoformat(given[0])})
        return rows


def deal_listing() -> Listing[Deal]:
    """Return the list, newest deals first."""
    return Listing(NAME, [*_columns()], [*_filters()], default_sort="-created")


def _columns() -> Iterator[Column[Deal]]:
    yield Column("title", _("Deal"), lambda it: it.title, sort="sort_key")
    yield Column(
        "client",
        _("Client"),
        lambda it: it.client.name if it.client else it.contact.name if it.contact else None,
        needs=("client", "contact"),
    )
    yield Column("stage", _("Stage"), lambda it: it.stage.name, needs=("stage",))
    yield Column("amount", _("Amount"), lambda it: it.amount, sort="amount")
    yield Column("currency", _("Currency"), lambda it: it.currency, is_default=False)
    yield Column("expected", _("Expected close"), lambda it: it.expected_on)
    yield Column(
        "responsible",
        _("Responsible"),
        lambda it: it.responsible.name,
        needs=("responsible",),
    )
    yield Column(
        "created", _("Created"), lambda it: it.created_at, sort="created_at", is_default=False
    )
    yield from _rarer_columns()


def _rarer_columns() -> Iterator[Column[Deal]]:
    yield Column(
        "pipeline",
        _("Pipeline"),
        lambda it: it.stage.pipeline.name,
        is_default=False,
        needs=("stage__pipeline",),
    )
    yield Column(
        "edited", _("Edited"), lambda it: it.edited_at, sort="edited_at", is_default=False
    )
    yield Column("source", _("Source"), lambda it: it.get_source_display(), is_default=False)
    yield Column("reason", _("Reason"), lambda it: it.reason, is_default=False)
    yield Column("comment", _("Comment"), lambda it: it.comment, is_default=False)


def _filters() -> Iterator[Filter]:
    yield OneOf("stage", _("Stage"), "stage", _stages)
    yield OneOf("kind", _("State"), "stage__kind", lambda _person: pairs(StageKind.choices))
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield OneOf("source", _("Source"), "source", lambda _person: pairs(Source.choices))
    yield Days("expected", _("Expected close"), "expected_on")
    yield Period("created", _("Created"), "created_at")
    yield Flag("shared", _("Available to everyone"), Q(is_shared=True))


def _stages(_person: Employee) -> Sequence[tuple[str, str]]:
    """Return every stage; with its pipeline's name where there are several."""
    stages = list(
        DealStage.objects.select_related("pipeline").order_by(
            "pipeline__position", "pipeline", "position"
        )
    )
    several = len({stage.pipeline_id for stage in stages}) > 1
    return [
        (str(it.pk), f"{it.pipeline.name} · {it.name}" if several else it.name) for it in stages
    ]
