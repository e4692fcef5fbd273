"""The products of a deal: rows are added up while one types, moved, and saved."""

import re

import pytest
from django.test import Client

from paraph.sales.models import ProductRow
from tests.cast import Cast
from tests.sales import deals

pytestmark = pytest.mark.slow

ROWS = {
    "name": ["Pendant", "Rail", "Fitting", "Dimmer", "Travel"],
    "quantity": ["6", "8", "14", "4", "1,5"],
    "unit": ["pcs", "", "h", "", ""],
    "price": ["289", "124,50", "58", "79.90", "1 045"],
    "discount": ["10", "", "", "", "0"],
    "tax_rate": ["20", "20", "20", "20", "5,5"],
}


def test_five_product_rows_are_added_up_and_saved(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)

    saved = client.post(f"/deals/{deal.pk}/products/", {**ROWS, "save": "1"}, follow=True)

    assert "They come to €6,079.55: the deal&#x27;s €1,200.00 gave way." in saved.content.decode()
    deal.refresh_from_db()
    rows = [(row.name, f"{row.quantity.normalize():f}") for row in ProductRow.objects.all()]
    assert rows[0] == ("Pendant", "6")
    assert rows[4] == ("Travel", "1.5")
    assert str(deal.amount) == "6079.550"


def test_totals_follow_while_one_types_and_nothing_is_saved(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)

    part = client.post(f"/deals/{deal.pk}/products/", ROWS, headers={"HX-Request": "true"})

    assert "€6,079.55" in part.content.decode()
    assert not ProductRow.objects.exists()


@pytest.mark.parametrize("name", ["quantity", "price", "discount", "tax_rate"])
def test_a_row_with_a_number_that_is_none_is_said_and_not_counted(
    client: Client, cast: Cast, name: str
) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)
    line = {"name": "Lamp", "unit": "", "quantity": "1", "price": "100"}
    line |= {"discount": "", "tax_rate": "0"}
    typed = {it: [value, "1" * 30 if it == name else value] for it, value in line.items()}

    part = client.post(f"/deals/{deal.pk}/products/", typed, headers={"HX-Request": "true"})

    assert "Row 2 is not counted:" in part.text
    assert '<span id="net-1" hx-swap-oob="true">–</span>' in part.text
    assert "€100.00" in part.text and "€200.00" not in part.text


@pytest.mark.parametrize(
    ("turn", "first", "number"),
    [("add", "Pendant", 6), ("remove-0", "Rail", 4), ("down-0", "Rail", 5), ("up-1", "Rail", 5)],
)
def test_rows_are_added_moved_and_removed_without_script(
    client: Client, cast: Cast, turn: str, first: str, number: int
) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)

    page = client.post(f"/deals/{deal.pk}/products/", {**ROWS, "turn": turn}).content.decode()

    names = re.findall(r'name="name"(?: value="([^"]*)")?', page)
    assert (names[0], len(names)) == (first, number)


def test_a_row_without_a_name_is_marked(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)
    typed = {**ROWS, "name": ["Pendant", "", "Fitting", "Dimmer", "Travel"], "save": "1"}

    answer = client.post(f"/deals/{deal.pk}/products/", typed)

    assert answer.status_code == 422
    assert "Write the name of the product." in answer.content.decode()
