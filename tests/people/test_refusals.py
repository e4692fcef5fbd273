"""A refusal is told on the page it came from, and on no page of somebody else's."""

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/envelopes/?q=a", "/envelopes/?q=a"),
        ("http://testserver//evil.example/", "/evil.example/"),
    ],
)
def test_a_refusal_leads_back_within_the_house(
    client: Client, cast: Cast, came_from: str, leads_to: str
) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    answer = client.post(f"/envelopes/{envelope.pk}/send/", headers={"Referer": came_from})

    assert (answer.status_code, answer["Location"]) == (302, leads_to)
