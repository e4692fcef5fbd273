"""What a document says of money: rows, the tax of each rate, totals; exact, and rounded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from paraph.sales import rules

from .values import Amount


class Sold(rules.Line, Protocol):
    """A product row as figures need it."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """One line of a document, worked out."""

    number: int
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    discount: Decimal
    tax_rate: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True)
class Figures:
    """Everything that adds up in a document. Of a row, tax and gross are for reading only: the
    tax that counts is worked out over the whole base of its rate.
    """

    currency: str
    rows: Sequence[Row]
    taxes: Sequence[rules.Tax]
    before_discount: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal

    @property
    def discount(self) -> Decimal:
        return self.before_discount - self.net

    def money(self, amount: Decimal) -> Amount:
        return Amount(amount, self.currency)


def figures_of(lines: Sequence[Sold], currency: str) -> Figures:
    """Work out what rows come to in their currency."""
    found = rules.totals(lines, currency)
    rows = [
        _row(number, line, net, currency)
        for number, (line, net) in enumerate(zip(lines, found.nets, strict=True), start=1)
    ]
    full = (rules.rounded(line.quantity * line.price, currency) for line in lines)
    return Figures(
        currency=currency,
        rows=rows,
        taxes=found.taxes,
        before_discount=sum(full, Decimal(0)),
        net=found.net,
        tax=found.tax,
        gross=found.gross,
    )


def _row(number: int, line: Sold, net: Decimal, currency: str) -> Row:
    tax = rules.rounded(net * line.tax_rate / 100, currency)
    return Row(
        number=number,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        discount=line.discount,
        tax_rate=line.tax_rate,
        net=net,
        tax=tax,
        gross=net + tax,
    )
