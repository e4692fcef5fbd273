"""Following what travels: the board, one envelope's page, the Mailbox; polls that rest."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _poll(page: str) -> str:
    found = re.search(r'hx-get="([^"]+)" hx-trigger="every', page)
    assert found, "The page polls nothing."
    return found[1].replace("&amp;", "&")


def test_a_card_says_who_must_act(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    before = client.get("/board/").content.decode()
    make.act(make.party(envelope, name="Erin"))
    after = client.get("/board/").content.decode()

    assert "<strong>Erin Lindqvist</strong>" in before
    assert "<strong>Frank Kowalski</strong>" in after


def test_nobody_must_act_on_what_was_cancelled(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    client.post(f"/envelopes/{envelope.pk}/cancel/", {"reason": "A typing mistake"})

    assert "board-card__acting" not in client.get("/board/").content.decode()


def test_nobody_is_called_asked_after_the_end(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    client.force_login(cast.alice)

    client.post(f"/envelopes/{envelope.pk}/cancel/", {"reason": "A typing mistake"})

    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()
    assert page.count("Not asked any more") == 1
    assert Envelope.objects.get(pk=envelope.pk).acting_names == ""  # what the list shows


def test_who_is_next_is_called_so_before_the_message_leaves(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    envelope.parties.update(status="waiting")
    client.force_login(cast.olga)

    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()

    assert page.count("Being asked") == 1
    assert page.count("Waiting for their turn") == 1
    assert "play the parties out of the" in page


def test_the_messages_to_the_parties_say_what_they_were(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    client.force_login(cast.alice)

    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()

    assert "Link to sign · erin@example.org · " in page
    assert "Link to sign · +33 6 12 34 56 01 · " in page


def test_a_stage_on_the_first_page_leads_to_its_documents(client: Client, cast: Cast) -> None:
    make.draft(cast, title="In the making")
    make.sent(cast)
    client.force_login(cast.alice)

    page = client.get("/").content.decode()
    tile = re.search(r'class="figure" href="([^"]+standing=draft)"', page)

    assert tile
    page = client.get(tile[1].replace("&amp;", "&")).content.decode()
    assert page.count('class="row-link"') == 1
    assert "In the making" in page


def test_the_polls_of_a_page_rest_until_something_happens(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.olga)

    for address in (f"/envelopes/{envelope.pk}/", "/mailbox/"):
        poll = _poll(client.get(address).content.decode())
        assert client.get(poll, headers=HTMX).status_code == 204, address

        make.sent(cast, at=NOON + timedelta(minutes=1))
        assert client.get(poll, headers=HTMX).status_code == 200, address


def test_a_code_in_the_mailbox_is_ready_to_be_copied(client: Client, cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    make.session(erin)
    client.force_login(cast.olga)

    page = client.get(f"/mailbox/{make.newest_letter(erin).pk}/").content.decode()

    assert f'data-text="{make.digits(erin)}"' in page


def test_an_email_is_shown_in_a_frame_that_can_do_nothing(client: Client, cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    client.force_login(cast.olga)

    letter = client.get(f"/mailbox/{make.newest_letter(erin).pk}/letter/")

    policy = letter["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert letter["X-Frame-Options"] == "SAMEORIGIN"


def test_only_administrators_read_the_mailbox(client: Client, cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    client.force_login(cast.alice)

    for address in (
        "",
        f"{make.newest_letter(erin).pk}/",
        f"{make.newest_letter(erin).pk}/letter/",
    ):
        assert client.get(f"/mailbox/{address}").status_code == 404


def test_the_first_page_tells_what_waits_for_ones_signature(client: Client, cast: Cast) -> None:
    make.sent(cast)
    client.force_login(cast.erin)

    page = client.get("/").content.decode()

    assert "One document waits for your signature." in page
