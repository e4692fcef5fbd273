"""Steps that several actions share. They join the action's transaction and start none."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Max, Min

from paraph.kit import db

from . import rules
from .models import Deal, DealStage, ProductRow

ROOM = 2**32
"""The room between two cards of a stage, so that others fit between them."""


@db.transaction_required
def index(deal: Deal) -> None:
    """Fill what instant search finds a deal by; the caller saves."""
    client = deal.client.name if deal.client else ""
    contact = deal.contact.name if deal.contact else ""
    products = list(deal.rows.values_list("name", flat=True)) if deal.pk else []
    words = (deal.title, client, contact, deal.responsible.name, deal.comment, *products)
    deal.make_searchable(*words, sort_by=deal.title)


@db.transaction_required
def rank_in(stage: DealStage, *, after: int | None) -> int:
    """Return the place right after a card of the stage; without one, the place above all.

    Where two cards have no room between them, everything below moves down once.
    """
    cards = Deal.objects.filter(stage=stage)
    above = cards.filter(pk=after).first() if after else None
    if above is None:
        top = cards.aggregate(top=Min("rank"))["top"]
        return 0 if top is None else top - ROOM
    beneath = cards.filter(rank__gt=above.rank)
    below = beneath.aggregate(next=Min("rank"))["next"]
    if below is None:
        return above.rank + ROOM
    if below - above.rank < 2:
        beneath.update(rank=F("rank") + ROOM)
        below += ROOM
    return (above.rank + int(below)) // 2


@db.transaction_required
def move_everything(before: DealStage, *, to: DealStage) -> int:
    """Put all deals of a stage below those of another, in their order; returns how many."""
    cards = Deal.objects.filter(stage=before)
    bottom = Deal.objects.filter(stage=to).aggregate(bottom=Max("rank"))["bottom"]
    top = cards.aggregate(top=Min("rank"))["top"]
    down = 0 if bottom is None or top is None else bottom - top + ROOM
    return cards.update(stage=to, rank=F("rank") + down)


@db.transaction_required
def add_up(deal: Deal) -> rules.Totals:
    """Let the amount be what the product rows come to; without rows it stays as it was written."""
    rows = list(ProductRow.objects.filter(deal=deal))
    found = rules.totals(rows, deal.currency)
    if rows:
        deal.amount = found.gross
    return found


def plain(amount: Decimal) -> str:
    """Write an amount for a fact: digits and a point, whatever the language."""
    return f"{amount.normalize():f}"
