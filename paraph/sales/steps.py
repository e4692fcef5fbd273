"""Steps that several actions share. They join the action's transaction and start none."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Max, Min, ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor, Event
from paraph.kit import db
from paraph.people.models import Employee

from . import rules
from .choices import Place
from .events import DealDeleted, DealHandedOver, DealLost, DealMoved, DealReopened, DealWon
from .lifecycle import Turn, turn_of
from .models import Deal, DealStage, ProductRow
from .refusals import CannotDeleteDeal

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
def put(deal: Deal, place: Place, *, by: Actor, at: datetime) -> None:
    """Move a deal that is held, and tell it: moved, and won, lost or reopened with that."""
    before, after = deal.stage, DealStage.objects.get(pk=place.stage.pk)
    turn = turn_of(before.kind, after.kind)
    if turn is Turn.REOPEN:
        deal.reason = ""
        deal.save(update_fields=["reason"])
    deal.stand_in(after, rank=rank_in(after, after=place.after), at=at)
    if before.pk == after.pk:
        return
    moved = DealMoved(deal_id=deal.pk, before=_named(before, after), after=_named(after, before))
    journal.record(moved, by=by, at=at)
    if turn:
        journal.record(_ended(deal, turn), by=by, at=at)


@db.transaction_required
def give(deal: Deal, *, responsible: Employee, by: Actor, at: datetime) -> bool:
    """Hand a deal that is held over; tell whether it was somebody else's."""
    before = deal.responsible.name
    if deal.responsible_id == responsible.pk:
        return False
    deal.responsible, deal.edited_at = responsible, at
    index(deal)
    deal.save()
    handed = DealHandedOver(deal_id=deal.pk, before=before, after=responsible.name)
    journal.record(handed, by=by, at=at)
    return True


@db.transaction_required
def drop(deal: Deal, *, by: Actor, at: datetime) -> None:
    """Throw a deal that is held away; raises ``CannotDeleteDeal``."""
    gone = DealDeleted(deal_id=deal.pk, title=deal.title)
    try:
        deal.delete()
    except ProtectedError as needed:
        raise CannotDeleteDeal(
            _("%s has documents and stays with them. Mark it as lost instead.") % deal.title
        ) from needed
    journal.record(gone, by=by, at=at)


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


def _ended(deal: Deal, turn: Turn) -> Event:
    if turn is Turn.REOPEN:
        return DealReopened(deal_id=deal.pk, title=deal.title)
    event = DealWon if turn is Turn.WIN else DealLost
    return event(
        deal_id=deal.pk, title=deal.title, company_id=deal.client_id, contact_id=deal.contact_id
    )


def _named(stage: DealStage, other: DealStage) -> str:
    """Name a stage; with its pipeline when the other one belongs to another."""
    is_elsewhere = stage.pipeline_id != other.pipeline_id
    return f"{stage.pipeline.name} · {stage.name}" if is_elsewhere else stage.name
