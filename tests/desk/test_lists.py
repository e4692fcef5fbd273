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


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("address", "gather"),
    [
        ("/contacts/", crowd.contacts),
        ("/companies/", crowd.companies),
        ("/deals/", crowd.deals),
        ("/deals/list/", crowd.deals),
        ("/documents/", crowd.documents),
        ("/envelopes/", crowd.envelopes),
        ("/envelopes/?q=contract", crowd.envelopes),
        ("/envelopes/new/", crowd.documents),
        ("/board/", crowd.envelopes),
        ("/mailbox/", crowd.messages),
        ("/people/", crowd.people),
        ("/access/who/", crowd.people),
        ("/", crowd.envelopes),
        ("/search/?q=contract", crowd.envelopes),
    ],
)
def test_a_list_asks_as_often_for_a_thousand_rows(
    client: Client, cast: Cast, address: str, gather: Gather
) -> None:
    client.force_login(cast.olga)
    client.get(address)
    gather(cast, FEW)
    for_few = _queries(client, address)

    gather(cast, MANY)

    assert _queries(client, address) == for_few
