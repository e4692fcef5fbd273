"""The way in behind a link: what is shown, and that looking changes nothing."""

import pytest
from django.test import Client

from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Code
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_landing_page_says_who_asks_and_offers_the_code(cast: Cast, client: Client) -> None:
    erin = make.party(make.sent(cast), name="Erin")

    page = client.get(f"/s/{make.token(erin)}/")

    assert page.status_code == 200
    assert "Alice Martin" in page.content.decode()
    assert "Send me the code" in page.content.decode()


def test_opening_the_link_twenty_times_neither_views_nor_uses_it(
    cast: Cast, client: Client
) -> None:
    erin = make.party(make.sent(cast), name="Erin")

    for _time in range(10):
        client.get(f"/s/{make.token(erin)}/")
        client.head(f"/s/{make.token(erin)}/code/")

    erin.refresh_from_db()
    assert erin.status == PartyStatus.ASKED
    assert not Code.objects.exists()
