"""Passwords: forgotten ones, easy ones and guessed ones. Who asks for a new one decides nothing
about the mail."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import Settings

from paraph.people.models import Employee, Installation
from tests.cast import PASSWORD, Cast

RESET = "/accounts/password/reset/"
SIGN_IN = "/accounts/login/"
EVIL = "203.0.113.9"


def test_the_link_leads_here_whatever_host_was_asked(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    client.post(RESET, {"email": cast.alice.email}, headers={"Host": "evil.example"})

    [mail] = mailoutbox
    assert "http://localhost:8000/accounts/password/reset/key/" in mail.body
    assert "evil.example" not in f"{mail.subject} {mail.body}"


def test_the_mail_speaks_the_language_of_the_account(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    Employee.objects.filter(pk=cast.alice.pk).update(language="pl")

    client.post(RESET, {"email": cast.alice.email}, headers={"Accept-Language": "en"})

    with override("pl"):
        subject = gettext("Choose a new password")
    assert mailoutbox[0].subject == f"[Paraph] {subject}"
    assert "Hello from" not in mailoutbox[0].body


def test_a_stranger_is_not_written_to(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    answer = client.post(RESET, {"email": "nobody@example.org"})

    assert answer.status_code == 302
    assert not mailoutbox


def test_a_wrong_password_is_refused_in_our_own_words(client: Client, cast: Cast) -> None:
    page = client.post("/accounts/login/", {"login": cast.alice.email, "password": "wrong"})

    assert "E-mail address and password do not fit together." in page.content.decode()


@pytest.mark.parametrize("easy", ["paraph2026!", "Ardent-Ardent1", "localhost123"])
def test_words_of_this_place_make_no_password(cast: Cast, easy: str) -> None:
    Installation.objects.update(name="Ardent SAS")

    with pytest.raises(ValidationError):
        validate_password(easy, cast.alice)

    validate_password("paraph brings seven green umbrellas", cast.alice)


def test_guessing_is_stopped_for_the_guesser_alone(
    client: Client, cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PARAPH_PROXIES = 1
    wrong = {"login": cast.alice.email, "password": "wrong"}

    pages = [client.post(SIGN_IN, wrong, headers={"X-Forwarded-For": EVIL}) for _ in range(6)]

    assert "Too many attempts" in pages[-1].content.decode()
    assert f"A sign-in from {EVIL} is refused" in caplog.text
    right = {"login": cast.bob.email, "password": PASSWORD}
    answer = client.post(SIGN_IN, right, headers={"X-Forwarded-For": "192.0.2.2"})
    assert answer.status_code == 302
    assert f"Employee {cast.bob.pk} signed in from 192.0.2.2 by password" in caplog.text


def test_pages_of_somebody_signed_in_are_not_stored(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    assert "no-store" in client.get("/envelopes/").headers["Cache-Control"]
