"""What no page sends is refused in words, never with a fault of the server."""

import pytest
from django.test import Client

from paraph.contacts.models import Company
from tests.campaigns.house import let_campaign
from tests.cast import Cast
from tests.sales import deals

pytestmark = pytest.mark.slow

NUMBERS = ["²", "9" * 5_000]


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    """Sign Olga in, who may do everything."""
    let_campaign(cast.olga)
    client.force_login(cast.olga)
    return client


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/contacts/new/", "instead"),
        ("/companies/new/", "instead"),
        ("/contacts/list/presets/", "preset"),
    ],
)
def test_what_is_no_number_names_nothing(
    desk: Client, address: str, name: str, number: str
) -> None:
    assert desk.post(address, {name: number, "delete": "1"}).status_code == 404


@pytest.mark.parametrize("number", NUMBERS)
def test_a_deal_is_not_moved_to_what_is_no_stage(desk: Client, cast: Cast, number: str) -> None:
    deal = deals.deal(cast)

    moved = desk.post(f"/deals/{deal.pk}/move/", {"stage": number})
    added = desk.post(f"/deals/{deal.pk}/people/", {"contact": number})

    assert moved.status_code == 404
    assert added.status_code < 500


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "address",
    ["/deals/new/?client={}", "/deals/choose/people/?client={}", "/campaigns/new/?segment={}"],
)
def test_a_form_opens_though_its_address_names_no_row(
    desk: Client, address: str, number: str
) -> None:
    assert desk.get(address.format(number)).status_code == 200


def test_a_moment_that_no_calendar_has_is_passed_over(desk: Client, cast: Cast) -> None:
    typed = {
        "last_name": "Osei",
        "first_name": "Frank",
        "phone": "+33612345601",
        "email": "frank@example.org",
        "type": "client",
        "responsible": cast.alice.pk,
        "language": "en",
    }

    answer = desk.post(f"/contacts/{cast.frank.pk}/edit/", typed | {"seen": "2026-13-01T10:00Z"})

    assert answer.status_code == 302


def test_nothing_is_previewed_in_the_name_of_no_company(desk: Client) -> None:
    Company.objects.ours().update(is_ours=False)

    assert desk.post("/campaigns/preview/", {"text": "Hello"}).status_code == 404
