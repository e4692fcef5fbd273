"""E-mail by a provider's own protocol: taken, refused, lost, and a server that steps in."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from paraph.config import environment
from paraph.config.environment import Misconfigured
from paraph.messaging.accounts import KNOWS_REPEATS, MAIL_PROVIDERS
from paraph.messaging.handing import hand_over
from paraph.messaging.models import Message, MessageState
from tests.fakes.json_mail_providers import SECRET, json_mail_provider
from tests.fakes.mail_providers import KEY, UNUSABLE, MailProvider, mail_provider
from tests.messaging.conftest import Postman
from tests.messaging.letters import written
from tests.moments import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


SPEAKING = {
    **dict.fromkeys(["postmark", "mailgun"], mail_provider),
    **dict.fromkeys(["brevo", "mailersend", "mailjet", "resend", "scaleway"], json_mail_provider),
}


@pytest.fixture(params=MAIL_PROVIDERS)
def mails(request: pytest.FixtureRequest, settings: Settings) -> Iterator[MailProvider]:
    with SPEAKING[request.param]() as served:
        settings.MAIL_PROVIDER, settings.MAIL_PROVIDER_KEY = request.param, KEY
        settings.MAIL_PROVIDER_SECRET = SECRET
        settings.MAIL_PROVIDER_URL = served.url
        settings.MAIL_FROM = "Ardent <sign@example.org>"
        yield served


def test_a_provider_is_given_the_person_and_the_words(mails: MailProvider) -> None:
    written()

    [mail] = mails.sent
    kept = Message.objects.get()
    assert "frank@example.org" in mail["to"]
    assert "Hello" in mail["text"]
    assert (kept.state, kept.text) == (MessageState.SENT, "")
    assert kept.provider_id


def test_a_provider_that_is_busy_is_asked_again(mails: MailProvider) -> None:
    mails.busy = True
    message = written()
    assert Message.objects.get().state == MessageState.QUEUED
    mails.busy = False

    hand_over(message.pk, at=LATER)

    assert len(mails.sent) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_an_address_that_is_none_is_told_and_not_tried_again(mails: MailProvider) -> None:
    written(to=UNUSABLE)

    kept = Message.objects.get()
    assert (kept.state, mails.sent) == (MessageState.FAILED, [])
    assert "valid" in kept.error


def test_a_lost_answer_goes_to_nobody_else(mails: MailProvider, smtp: Postman) -> None:
    mails.hang_up = True

    written()

    assert (len(mails.sent), smtp.received) == (1, [])
    assert Message.objects.get().state == MessageState.QUEUED


def test_a_server_steps_in_for_a_provider_that_is_away(
    mails: MailProvider, smtp: Postman, settings: Settings
) -> None:
    settings.MAIL_PROVIDER_URL = "http://127.0.0.1:9"

    written()

    assert (mails.sent, len(smtp.received)) == ([], 1)
    assert Message.objects.get().provider == "smtp"


def test_an_answer_that_was_lost_is_told_where_a_mail_may_have_come_twice(
    mails: MailProvider, settings: Settings
) -> None:
    mails.hang_up = True
    message = written()
    mails.hang_up = False

    hand_over(message.pk, at=LATER)

    kept = Message.objects.get()
    assert (kept.state, kept.is_in_doubt, kept.error) == (MessageState.SENT, True, "")
    assert len(mails.sent) == (1 if settings.MAIL_PROVIDER in KNOWS_REPEATS else 2)


def test_a_provider_that_nobody_knows_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARAPH_MAIL_PROVIDER", "pigeon")

    with pytest.raises(Misconfigured, match="PARAPH_MAIL_PROVIDER must be one of brevo"):
        environment.one_of("PARAPH_MAIL_PROVIDER", MAIL_PROVIDERS)
