"""Money as each language writes it."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from paraph.desk.money import money, whole_money


@pytest.mark.parametrize("language", ["en", "fr", "pl"])
def test_pounds_have_their_bare_sign(language: str) -> None:
    with override(language):
        shown = money(Decimal(2400), "GBP"), whole_money(Decimal(2400), "GBP")

    assert all("£" in each and "GB" not in each for each in shown)


def test_dollars_say_whose_they_are() -> None:
    with override("fr"):
        assert "$US" in money(Decimal(5), "USD")
