"""How product rows add up, and what a deal and a pipeline must have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.core import get_global
from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from .lifecycle import StageKind

CURRENCIES = frozenset(
    code
    for rows in get_global("territory_currencies").values()
    for code, _since, until, is_tender in rows
    if until is None and is_tender
)
"""The codes (ISO 4217) of the currencies that people pay with somewhere today."""

HIGHEST = Decimal(10) ** 13
"""No amount is this high: the columns of the tables hold one digit less."""


class Line(Protocol):
    """What a product row tells about money."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def tax_rate(self) -> Decimal: ...


@dataclass(frozen=True)
class Tax:
    """The tax of one rate over everything taxed at it."""

    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Totals:
    """What product rows come to, exact to the smallest coin of their currency."""

    currency: str
    nets: list[Decimal]
    taxes: list[Tax]

    @property
    def net(self) -> Decimal:
        return sum(self.nets, Decimal(0))

    @property
    def tax(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), Decimal(0))

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in whole smallest coins (none of the yen, three places of the dinar)."""
    coin = Decimal(1).scaleb(-min(get_currency_precision(currency), 3))
    return amount.quantize(coin, rounding=ROUND_HALF_UP) + 0  # no amount is minus nothing


def line_net(line: Line, currency: str) -> Decimal:
    """Return what a row costs before tax: quantity by price, less the discount, rounded once."""
    return rounded(line.quantity * line.price * (100 - line.discount) / 100, currency)


def totals(lines: Iterable[Line], currency: str) -> Totals:
    """Add rows up as an invoice does: each row rounded, then each tax rate over its whole base."""
    nets: list[Decimal] = []
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        nets.append(line_net(line, currency))
        bases[line.tax_rate.normalize()] += nets[-1]
    taxes = [
        Tax(rate, base, rounded(base * rate / 100, currency))
        for rate, base in sorted(bases.items())
    ]
    return Totals(currency, nets, taxes)


def obstacles_to_saving(*, title: str, currency: str, amount: Decimal) -> list[str]:
    """Say everything that keeps a deal from being saved."""
    wrong = {
        _("Write what the deal is about."): not title.strip(),
        _("Choose a currency."): currency not in CURRENCIES,
        _("The amount cannot be less than nothing."): amount < 0,
        _("The amount is too high."): amount >= HIGHEST,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def obstacles_to_pricing(lines: Sequence[Line], currency: str) -> list[str]:
    """Say what is wrong with product rows as a whole."""
    if any(not 0 <= line.discount <= 100 for line in lines):
        return [_("A discount is between 0 and 100 %.")]
    if any(not 0 <= line.tax_rate <= 100 for line in lines):
        return [_("A tax rate is between 0 and 100 %.")]
    gross = totals(lines, currency).gross
    if gross < 0:
        return [_("The rows come to less than nothing.")]
    return [_("The rows come to too high an amount.")] if gross >= HIGHEST else []


def obstacles_to_stages(kinds: Iterable[str]) -> list[str]:
    """Say what a pipeline with stages of these kinds lacks."""
    there = set(kinds)
    needed = {
        StageKind.OPEN: _("A pipeline needs a stage for deals in progress."),
        StageKind.WON: _("A pipeline needs a stage for deals that are won."),
        StageKind.LOST: _("A pipeline needs a stage for deals that are lost."),
    }
    return [sentence for kind, sentence in needed.items() if kind not in there]
