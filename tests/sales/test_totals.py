"""Product rows add up exactly, whatever the currency."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.sales import rules
from paraph.sales.choices import ProductLine

pytestmark = pytest.mark.slow

COINS = {"EUR": Decimal("0.01"), "JPY": Decimal(1), "TND": Decimal("0.001")}
lines = st.lists(
    st.builds(
        ProductLine,
        name=st.just("Lamp"),
        quantity=st.decimals(0, 1000, places=3),
        price=st.decimals(0, 10_000, places=4),
        discount=st.decimals(0, 100, places=2),
        tax_rate=st.sampled_from([Decimal(rate) for rate in ("0", "5.5", "10", "20", "20.00")]),
    ),
    max_size=8,
)


def _line(price: str, *, quantity: str = "1", discount: str = "0", tax: str = "20") -> ProductLine:
    return ProductLine(
        "Lamp", Decimal(quantity), Decimal(price), "", Decimal(discount), Decimal(tax)
    )


def test_five_rows_of_three_rates_add_up() -> None:
    five = [
        _line("1250", quantity="2"),
        _line("89.90", quantity="12", discount="10"),
        _line("0.333", quantity="3"),
        _line("45", tax="5.5"),
        _line("12.345", tax="0"),
    ]

    found = rules.totals(five, "EUR")

    assert found.nets == [Decimal(net) for net in ("2500.00", "970.92", "1.00", "45.00", "12.35")]
    assert [(str(tax.rate), str(tax.amount)) for tax in found.taxes] == [
        ("0", "0.00"),
        ("5.5", "2.48"),
        ("2E+1", "694.38"),
    ]
    assert (found.net, found.tax, found.gross) == (
        Decimal("3529.27"),
        Decimal("696.86"),
        Decimal("4226.13"),
    )


def test_less_than_nothing_is_written_without_a_minus() -> None:
    assert str(rules.line_net(_line("0", quantity="-2"), "EUR")) == "0.00"


@pytest.mark.parametrize(
    ("currency", "net"), [("EUR", "1234.57"), ("JPY", "1235"), ("TND", "1234.568")]
)
def test_a_currency_has_its_own_smallest_coin(currency: str, net: str) -> None:
    assert rules.line_net(_line("1234.5678"), currency) == Decimal(net)


@given(lines, st.sampled_from(sorted(COINS)))
def test_totals_are_whole_coins_and_the_sum_of_their_parts(
    rows: list[ProductLine], currency: str
) -> None:
    found = rules.totals(rows, currency)

    assert found.gross == found.net + found.tax
    assert found.net == sum((tax.base for tax in found.taxes), Decimal(0))
    assert all(part % COINS[currency] == 0 for part in (*found.nets, found.tax, found.gross))


@given(lines, st.sampled_from(sorted(COINS)))
def test_the_order_of_rows_does_not_change_what_they_come_to(
    rows: list[ProductLine], currency: str
) -> None:
    turned = rules.totals(rows[::-1], currency)

    assert turned.gross == rules.totals(rows, currency).gross


@given(lines)
def test_a_higher_discount_never_costs_more(rows: list[ProductLine]) -> None:
    cheaper = [replace(row, discount=min(row.discount + 5, Decimal(100))) for row in rows]

    assert rules.totals(cheaper, "EUR").net <= rules.totals(rows, "EUR").net


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (_line("1", discount="101"), "A discount is between 0 and 100 %."),
        (_line("1", tax="-1"), "A tax rate is between 0 and 100 %."),
        (_line("-5"), "The rows come to less than nothing."),
        (_line("9999999999", quantity="99999"), "The rows come to too high an amount."),
    ],
)
def test_what_is_no_price_is_refused_in_words(line: ProductLine, words: str) -> None:
    assert rules.obstacles_to_pricing([line], "EUR") == [words]
