"""What pages show of deals, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from paraph.contacts.models import Company, Contact
from paraph.kit.paging import Keyset
from paraph.people.access import Right
from paraph.people.models import Employee

from .models import Deal, Deals, DealStage, Pipeline

BY_RANK = Keyset(("rank", "id"))
CARDS = 20
RECENT = 20
FOUND = 8
MOST_OFFERED = 200


@dataclass(frozen=True)
class Money:
    """A sum in one currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Head:
    """What stands over a column: its stage, how many deals, and their sums by currency."""

    stage: DealStage
    count: int
    sums: Sequence[Money]


@dataclass(frozen=True)
class Column:
    """A stage with its first cards, and the cursor that leads on."""

    head: Head
    cards: Sequence[Deal]
    next: str | None


def pipelines() -> list[Pipeline]:
    """Return every pipeline in its order, its stages read along."""
    return list(Pipeline.objects.prefetch_related("stages"))


def pipeline_named(pk: str | int | None) -> Pipeline | None:
    """Return a pipeline; the first one where none is named or it is gone."""
    ways = pipelines()
    named = (way for way in ways if str(way.pk) == str(pk))
    return next(named, ways[0] if ways else None)


def first_stage(pipeline: Pipeline) -> DealStage:
    """Return where the deals of a pipeline begin."""
    stages = list(pipeline.stages.all())
    return next((stage for stage in stages if stage.is_open), stages[0])


def deal_page(person: Employee, *, pk: int, right: Right = Right.VIEW) -> Deal:
    """Return one deal with all that its page names; raises ``Deal.DoesNotExist``."""
    rows = Deal.objects.visible_to(person, right).with_people()
    return rows.select_related("company", "contact__company").get(pk=pk)


def board(rows: Deals, pipeline: Pipeline) -> list[Column]:
    """Return every column with its first cards; the deals are narrowed already."""
    heads = heads_of(rows, pipeline.stages.all())
    return [column(rows, head, cursor=None) for head in heads]


def column(rows: Deals, head: Head, *, cursor: str | None) -> Column:
    """Return one column from the cursor on."""
    cards = rows.filter(stage=head.stage).select_related("client", "contact", "responsible")
    page = BY_RANK.page(cards, cursor=cursor, size=CARDS)
    return Column(head, page.rows, page.next)


def heads_of(rows: Deals, stages: Iterable[DealStage]) -> list[Head]:
    """Count and sum up the deals of some stages, in one query for them all."""
    there = list(stages)
    found = rows.filter(stage__in=there).order_by().values("stage", "currency")
    counts: dict[int, int] = defaultdict(int)
    sums: dict[int, list[Money]] = defaultdict(list)
    for row in found.annotate(count=Count("pk"), sum=Sum("amount")).order_by("-sum", "currency"):
        counts[row["stage"]] += row["count"]
        if row["sum"]:
            sums[row["stage"]].append(Money(row["sum"], row["currency"]))
    return [Head(stage, counts[stage.pk], sums[stage.pk]) for stage in there]


def deals_of(contact: Contact, person: Employee) -> list[Deal]:
    """Return the newest deals in which a contact takes part, as the person may see them."""
    part = Q(contact=contact) | Q(
        pk__in=Deal.people.through.objects.filter(contact=contact).values("deal")
    )
    return list(Deal.objects.visible_to(person).filter(part).with_people()[:RECENT])


def deals_named(person: Employee, text: str) -> list[Deal]:
    """Return the newest visible deals that a search finds."""
    rows = Deal.objects.visible_to(person).matching(text).with_people()
    return list(rows.order_by("-created_at", "-id")[:FOUND])


def deals_of_company(company: Company, person: Employee) -> list[Deal]:
    """Return the newest deals with a company, as the person may see them."""
    return list(Deal.objects.visible_to(person).filter(client=company).with_people()[:RECENT])


def seen_deal(person: Employee) -> Subquery:
    """Return what the deal of a row is called, to be annotated; nothing if it is not seen."""
    seen = Deal.objects.visible_to(person).filter(pk=OuterRef("deal"))
    return Subquery(seen.values("title")[:1])


def seen_deal_of(row: Any) -> str | None:  # Any: a row that was annotated with ``seen_deal``
    """Return what ``seen_deal`` found."""
    return getattr(row, "deal_title", None)


def deals_to_choose(person: Employee, *, having: str) -> Sequence[tuple[str, str]]:
    """Return the newest deals that have some of what refers to them, as far as one sees them."""
    rows = Deal.objects.visible_to(person).filter(**{f"{having}__isnull": False}).distinct()
    newest = rows.order_by("-pk").values_list("pk", "title")[:MOST_OFFERED]
    return [(str(pk), title) for pk, title in newest]
