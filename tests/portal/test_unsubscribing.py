"""One click leaves a mailing; looking at the page does not, and a mistake is taken back."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from paraph.campaigns.models import Recipient, Suppression
from tests import make
from tests.campaigns.house import launched, letters, token_in
from tests.cast import Cast
from tests.fakes.stumbling_smtp import StumblingServer, stumbling_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def server(settings: Settings) -> Iterator[StumblingServer]:
    """Have mail taken by a server that never fails."""
    with stumbling_server(share=0) as running:
        settings.SMTP_URL = f"smtp://127.0.0.1:{running.port}"
        yield running


@pytest.fixture
def stranger() -> Client:
    """Somebody without cookies, and with the checks of a real browser's form."""
    return Client(enforce_csrf_checks=True)


def _token(cast: Cast) -> str:
    launched(cast, cast.frank)
    return token_in(letters()[0])


def test_a_mail_program_leaves_by_the_header_without_cookies(
    cast: Cast, stranger: Client, server: StumblingServer
) -> None:
    launched(cast, cast.frank)
    [mail] = server.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/u/" + mail["List-Unsubscribe"].strip("<>").partition("/u/")[2]

    answer = stranger.post(path, ONE_CLICK)

    assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})
    assert Recipient.objects.get().unsubscribed_at
    assert Suppression.objects.get().is_their_word


def test_looking_changes_nothing(cast: Cast, stranger: Client) -> None:
    token = _token(cast)

    page = stranger.get(f"/u/{token}/")
    stranger.head(f"/u/{token}/")

    assert "frank@example.org" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert not Suppression.objects.exists()


def test_the_button_leaves_and_a_mistake_is_taken_back(cast: Cast, stranger: Client) -> None:
    address = f"/u/{_token(cast)}/"

    left = stranger.post(address).content.decode()
    back = stranger.post(address, {"back": "1"}).content.decode()

    assert "You are unsubscribed" in left
    assert "You are subscribed again" in back
    assert not Suppression.objects.exists()


def test_a_link_that_nobody_got_is_not_known(stranger: Client, cast: Cast) -> None:
    for token in ("example", "0" * 22):
        assert stranger.get(f"/u/{token}/").status_code == 404
        assert stranger.post(f"/u/{token}/", ONE_CLICK).status_code == 404


def test_a_letter_to_sign_has_no_way_to_unsubscribe(cast: Cast, server: StumblingServer) -> None:
    make.sent(cast)

    assert server.taken
    assert all(mail["List-Unsubscribe"] is None for mail in server.taken)
