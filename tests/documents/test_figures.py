"""Tests of figures: 200 random deals against a calculation of another kind."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from paraph.documents.figures import figures_of
from paraph.sales.choices import ProductLine

PLACES = {"EUR": 2, "PLN": 2, "GBP": 2, "JPY": 0, "KWD": 3}
RATES = ("0", "2.1", "5.5", "8", "20", "23")


def _sold(chance: random.Random) -> list[ProductLine]:
    return [
        ProductLine(
            f"Lamp {number}",
            Decimal(chance.randrange(1, 500_000)).scaleb(-3),
            Decimal(chance.randrange(0, 90_000_000)).scaleb(-4),
            discount=Decimal(chance.choice((0, 0, 250, 1000, 3333, 10_000))).scaleb(-2),
            tax_rate=Decimal(chance.choice(RATES)),
        )
        for number in range(chance.randrange(1, 12))
    ]


def _coins(value: Fraction, places: int) -> int:
    """Round half up to whole smallest coins, in whole numbers alone."""
    doubled: Fraction = value * 10**places * 2 + 1
    return doubled.numerator // (2 * doubled.denominator)


def test_figures_of_200_random_deals_agree_with_fractions() -> None:
    chance = random.Random(4)  # the same deals every time
    for _deal in range(200):
        currency, places = chance.choice(list(PLACES.items()))
        lines = _sold(chance)

        found = figures_of(lines, currency)

        coin = Fraction(1, 10**places)
        nets, bases = [], dict[Fraction, int]()
        for line in lines:
            kept = 1 - Fraction(line.discount) / 100
            nets.append(_coins(Fraction(line.quantity) * Fraction(line.price) * kept, places))
            rate = Fraction(line.tax_rate)
            bases[rate] = bases.get(rate, 0) + nets[-1]
        taxes = {rate: _coins(base * coin * rate / 100, places) for rate, base in bases.items()}
        assert [Fraction(row.net) for row in found.rows] == [net * coin for net in nets]
        assert {Fraction(tax.rate): Fraction(tax.amount) for tax in found.taxes} == {
            rate: tax * coin for rate, tax in taxes.items()
        }
        assert Fraction(found.net) == sum(nets) * coin
        assert Fraction(found.gross) == (sum(nets) + sum(taxes.values())) * coin
        assert found.net + found.tax == found.gross
        assert found.discount >= 0
