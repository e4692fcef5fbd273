"""The lists of deals and companies: found, filtered, arranged, changed in groups."""

from decimal import Decimal

import pytest
from django.test import Client

from paraph.batches.actions import start_batch
from paraph.contacts.models import Company
from paraph.journal import Fact
from paraph.kit import files
from paraph.sales.models import Deal
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals

pytestmark = pytest.mark.slow


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_deals_are_found_and_filtered_by_stage(client: Client, cast: Cast) -> None:
    deals.deal(cast, title="Lobby")
    deals.deal(cast, title="Garage", at="Won")
    client.force_login(cast.alice)

    found = _page(client, "/deals/list/?q=lob")
    won = _page(client, f"/deals/list/?stage={deals.stage('Won').pk}")
    open_ones = _page(client, "/deals/list/?kind=open")

    assert ("Lobby" in found, "Garage" in found) == (True, False)
    assert ("Lobby" in won, "Garage" in won) == (False, True)
    assert ("Lobby" in open_ones, "Garage" in open_ones) == (True, False)


def test_deals_close_between_two_days(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    Deal.objects.filter(pk=deal.pk).update(expected_on="2026-03-31")
    client.force_login(cast.alice)

    within = _page(client, "/deals/list/?expected_from=2026-03-31&expected_until=2026-03-31")
    after = _page(client, "/deals/list/?expected_from=2026-04-01")

    assert ("Lamps" in within, "Lamps" in after) == (True, False)


def test_chosen_deals_move_together(client: Client, cast: Cast) -> None:
    first, second = deals.deal(cast, title="A"), deals.deal(cast, title="B")
    client.force_login(cast.alice)
    given = {"ids": [first.pk, second.pk], "confirmed": "1", "do-stage": deals.stage("Lost").pk}

    client.post("/deals/list/list/act/move/", given)

    assert Deal.objects.lost().count() == 2


@pytest.mark.parametrize("address", ["/deals/list/list/act/responsible/"])
def test_chosen_deals_are_handed_over(client: Client, cast: Cast, address: str) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)

    client.post(address, {"ids": [deal.pk], "confirmed": "1", "do-responsible": cast.erin.pk})

    assert Deal.objects.get().responsible == cast.erin


def test_deals_with_their_products_are_deleted_together(client: Client, cast: Cast) -> None:
    deal = deals.with_rows(cast, "100")
    client.force_login(cast.alice)

    client.post("/deals/list/list/act/delete/", {"ids": [deal.pk], "confirmed": "1"})

    assert not Deal.objects.exists()


def test_companies_are_handed_over_and_those_with_deals_stay(client: Client, cast: Cast) -> None:
    deals.deal(cast)
    client.force_login(cast.alice)
    chosen = {"ids": [cast.client.pk], "confirmed": "1"}

    client.post("/companies/list/act/responsible/", chosen | {"do-responsible": cast.erin.pk})
    client.post("/companies/list/act/delete/", chosen)

    assert Company.objects.get(pk=cast.client.pk).responsible == cast.erin


def test_companies_are_filtered_by_country(client: Client, cast: Cast) -> None:
    Company.objects.filter(pk=cast.client.pk).update(country="GB", tax_number="GB980780684")
    client.force_login(cast.alice)

    british = _page(client, "/companies/?country=GB")
    polish = _page(client, "/companies/?country=PL")

    assert "GB 980 7806 84" in british
    assert "Borealis Ltd" not in polish


def test_an_amount_is_shown_in_its_own_currency(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    Deal.objects.filter(pk=deal.pk).update(currency="PLN", amount=Decimal("1234.5"))
    client.force_login(cast.alice)

    assert "PLN\xa01,234.50" in _page(client, "/deals/list/")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_chosen_deals_go_out_as_a_file_and_it_is_remembered(
    client: Client, cast: Cast, format: str
) -> None:
    deal = deals.deal(cast, title="=Lobby")
    deals.deal(cast, title="Garage")
    client.force_login(cast.alice)

    answer = client.post(f"/deals/export/{format}/", {"ids": [deal.pk]})

    content = answer.getvalue()
    assert content.startswith(b"PK") or ("'=Lobby,Borealis Ltd" in content.decode("utf-8-sig"))
    assert b"Garage" not in content
    assert Fact.objects.filter(event="deals.exported").count() == 1


def test_a_company_file_has_what_the_right_to_export_reaches(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    given = {"everything": "1"}

    answer = client.post("/companies/export/csv/", given)
    client.force_login(cast.bob)
    refused = client.post("/companies/export/csv/", given)

    content = answer.getvalue()
    assert "Borealis Ltd" in content.decode("utf-8-sig")
    assert refused.status_code == 404


def test_many_deals_are_written_in_the_background(cast: Cast) -> None:
    deals.deal(cast)
    given = {
        "selection": {"criteria": {}, "but": []},
        "columns": ["title", "amount"],
        "format": "csv",
        "file_name": "deals.csv",
    }

    batch = start_batch("deals.export", given=given, total=1, owner=cast.alice, at=NOON)

    batch.refresh_from_db()
    assert files.get(batch.file).decode("utf-8-sig").splitlines() == [
        "Deal,Amount",
        "Lamps for the lobby,1200",
    ]


def test_the_search_of_the_bar_finds_deals_and_companies_one_may_see(
    client: Client, cast: Cast
) -> None:
    deals.deal(cast, title="Borealis lobby")
    deals.deal(cast, title="Borealis garage")

    found = []
    for person in (cast.alice, cast.mallory):
        client.force_login(person)
        page = _page(client, "/search/?q=boreal")
        found.append(("Borealis lobby" in page, f"/companies/{cast.client.pk}/" in page))

    assert found == [(True, True), (False, False)]
