"""Lists ask the database as often for a thousand rows as for twenty-five."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.desk import crowd
from tests.desk.crowd import Gather

pytestmark = pytest.mark.slow
FEW, MANY = 25, 1_000
LISTS: dict[Gather, list[str]] = {
    crowd.contacts: ["/contacts/"],
    crowd.companies: ["/companies/"],
    crowd.deals: ["/deals/", "/deals/list/"],
    crowd.documents: ["/documents/", "/envelopes/new/"],
    crowd.envelopes: [
        *("/envelopes/", "/envelopes/?q=contract", "/board/", "/", "/search/?q=contract"),
    ],
    crowd.messages: ["/mailbox/"],
    crowd.people: ["/people/", "/access/who/"],
    crowd.campaigns: ["/campaigns/", "/campaigns/segments/"],
}


def _queries(client: Client, addresses: list[str]) -> dict[str, int]:
    """Count what each page asks of who was here within the last minute.

    Others are noted as seen, which asks five times more on whatever page they open first.
    """
    client.get(addresses[0])
    counted = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted[address] = len(asked)
    return counted


@pytest.mark.parametrize("gather", LISTS)
def test_lists_ask_as_often_for_a_thousand_rows(
    client: Client, cast: Cast, gather: Gather
) -> None:
    client.force_login(cast.olga)
    for address in LISTS[gather]:
        client.get(address)
    gather(cast, FEW)
    for_few = _queries(client, LISTS[gather])

    gather(cast, MANY)

    assert _queries(client, LISTS[gather]) == for_few
