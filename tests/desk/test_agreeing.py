"""The sender agrees an access code with the client, and the page tells it to nobody."""

import pytest
from django.test import Client

from paraph.signing.models import Proof
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = "blue heron 42"


def test_an_access_code_is_agreed_at_the_last_look(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    frank = make.party(envelope, name="Frank")
    client.force_login(cast.alice)
    path = f"/envelopes/{envelope.pk}/parties/{frank.pk}/agree/"

    page = client.post(path, {"words": WORDS}, follow=True).content.decode()

    assert make.party(envelope, name="Frank").code_channel == Proof.ACCESS
    assert "Access code agreed beforehand" in page and WORDS not in page
    too_short = client.post(path, {"words": "abc"}, follow=True).content.decode()
    assert "at least 6 letters or digits" in too_short
