"""The connections page says what carries messages, and tries it."""

import pytest
from django.test import Client

from paraph.messaging.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_test_message_arrives(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)

    client.post("/connections/test/", {"channel": "sms", "recipient": "06 12 34 56 78"})

    sent = Message.objects.get()
    assert (sent.recipient, sent.text) == (
        "+33612345678",
        "This is a test: messages from Paraph reach you.",
    )
    assert "+33612345678" in client.get("/connections/").content.decode()


def test_a_wrong_address_is_told_and_nothing_is_sent(cast: Cast, client: Client) -> None:
    client.force_login(cast.olga)

    page = client.post(
        "/connections/test/", {"channel": "email", "recipient": "olga"}, follow=True
    )

    assert "Write an e-mail address, like ada@example.org." in page.content.decode()
    assert not Message.objects.exists()


def test_only_people_with_the_right_find_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)

    assert client.get("/connections/").status_code == 404
