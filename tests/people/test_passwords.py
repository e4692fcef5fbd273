"""A forgotten password: who asks for a new one decides nothing about the mail."""

from django.core.mail import EmailMessage
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import Settings

from paraph.people.models import Employee
from tests.cast import Cast

RESET = "/accounts/password/reset/"


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
