"""Deals for the tests of sales: made by the same actions that people use."""

from decimal import Decimal

from paraph.sales.actions.dealing import create_deal
from paraph.sales.actions.products import write_rows
from paraph.sales.choices import DealCard, ProductLine
from paraph.sales.models import Deal, DealStage
from tests.cast import Cast
from tests.moments import NOON


def stage(name: str = "New") -> DealStage:
    """Return a stage of the pipeline that every installation begins with."""
    return DealStage.objects.get(name=name)


def card(cast: Cast, *, title: str = "Lamps for the lobby", amount: str = "1200") -> DealCard:
    """Return what Alice writes about a deal with Frank."""
    return DealCard(title, "EUR", cast.alice, contact=cast.frank, amount=Decimal(amount))


def deal(
    cast: Cast, *, title: str = "Lamps for the lobby", amount: str = "1200", at: str = "New"
) -> Deal:
    """Begin a deal of Alice's."""
    written = card(cast, title=title, amount=amount)
    made = create_deal(written, stage=stage(at), by=cast.alice.actor, at=NOON)
    return Deal.objects.get(pk=made.pk)


def with_rows(cast: Cast, *prices: str) -> Deal:
    """Begin a deal with products of these prices, taxed at 20 %."""
    made = deal(cast)
    lines = [
        ProductLine(f"Lamp {price}", price=Decimal(price), tax_rate=Decimal(20))
        for price in prices
    ]
    write_rows(made, lines, by=cast.alice.actor, at=NOON)
    return Deal.objects.get(pk=made.pk)
