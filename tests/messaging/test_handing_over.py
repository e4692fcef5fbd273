"""Messages leave once, survive every refusal, and forget their codes."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from paraph.kit.engines import inline
from paraph.messaging import settling
from paraph.messaging.handing import hand_over
from paraph.messaging.jobs import sweep_messages
from paraph.messaging.models import Message, MessageState
from tests.cast import Cast
from tests.fakes.twilio import UNUSABLE, FakeTwilio
from tests.messaging.conftest import Postman
from tests.messaging.letters import written
from tests.moments import NOON

LATER = NOON + timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def test_a_mail_arrives_with_the_words_of_its_language(smtp: Postman) -> None:
    message = written()

    [mail] = smtp.received
    assert mail["Subject"] == "Hello, Frank Kowalski"
    assert mail["Message-ID"] == message.message_id
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    assert Message.objects.get().state == MessageState.SENT


def test_the_same_letter_is_written_only_once(smtp: Postman) -> None:
    assert written(once="code-1") == written(once="code-1")

    assert len(smtp.received) == 1


def test_a_server_that_is_busy_gets_the_same_mail_again(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    message = written()
    assert Message.objects.get().state == MessageState.QUEUED

    hand_over(message.pk, at=LATER)

    [mail] = smtp.received
    assert mail["Message-ID"] == message.message_id
    assert Message.objects.get().state == MessageState.SENT


def test_an_address_that_is_refused_for_good_is_not_tried_again(smtp: Postman) -> None:
    smtp.answers = ["550 no such person"]

    written()

    kept = Message.objects.get()
    assert kept.state == MessageState.FAILED
    assert "no such person" in kept.error


def test_a_server_that_is_down_loses_nothing(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"

    message = written()

    kept = Message.objects.get()
    assert kept.state == MessageState.QUEUED
    assert kept.retry_at is not None
    assert kept.retry_at > message.created_at


def test_a_text_carries_the_number_the_words_and_nothing_else(texts: FakeTwilio) -> None:
    written("sms")

    [sent] = texts.sent
    assert (sent["to"], sent["body"]) == ("+33612345601", "Hello by text")
    kept = Message.objects.get()
    assert (kept.state, kept.provider_id) == (MessageState.SENT, sent["sid"])


def test_a_text_whose_answer_was_lost_is_looked_up_and_not_repeated(texts: FakeTwilio) -> None:
    texts.hang_up = True
    message = written("sms")
    assert Message.objects.get().state == MessageState.QUEUED

    hand_over(message.pk, at=LATER)

    assert len(texts.sent) == 1
    assert Message.objects.get().provider_id == texts.sent[0]["sid"]


def test_a_number_that_does_not_exist_is_told_in_the_providers_words(texts: FakeTwilio) -> None:
    written("sms", to=UNUSABLE)

    kept = Message.objects.get()
    assert kept.state == MessageState.FAILED
    assert "Invalid 'To' Phone Number" in kept.error


def test_a_provider_that_is_busy_is_asked_again(texts: FakeTwilio) -> None:
    texts.busy = True
    message = written("sms")
    texts.busy = False

    hand_over(message.pk, at=LATER)

    assert Message.objects.get().state == MessageState.SENT


def test_a_code_is_erased_once_it_was_handed_over(smtp: Postman) -> None:
    written(is_secret=True)

    kept = Message.objects.get()
    assert len(smtp.received) == 1
    assert (kept.subject, kept.text, kept.html) == ("", "", "")


def test_no_link_stays_behind_once_it_was_handed_over(smtp: Postman) -> None:
    written()

    kept = Message.objects.get()
    assert (kept.subject, kept.text, kept.html) == ("Hello, Frank Kowalski", "", "")


def test_a_code_that_nobody_takes_is_erased_as_well(smtp: Postman) -> None:
    smtp.answers = ["550 no such person"]

    written(is_secret=True)

    kept = Message.objects.get()
    assert kept.state == MessageState.FAILED
    assert (kept.subject, kept.text, kept.html) == ("", "", "")


def test_a_name_on_two_lines_cannot_write_headers(smtp: Postman) -> None:
    written(name="Frank\r\nBcc: mallory@example.org")

    [mail] = smtp.received
    assert mail["Bcc"] is None
    assert mail["To"] == '"Frank Bcc: mallory@example.org" <frank@example.org>'


def test_an_address_in_other_letters_is_written_as_the_net_knows_it(smtp: Postman) -> None:
    written(to="frank@exämple.org")

    [mail] = smtp.received
    assert mail["To"] == "Frank Kowalski <frank@xn--exmple-cua.org>"


def test_a_message_that_its_carrier_stumbles_over_waits_longer_each_time(
    texts: FakeTwilio,
) -> None:
    texts.babbles = True

    message = written("sms")

    kept = Message.objects.get()
    assert (kept.state, kept.error) == (MessageState.QUEUED, "KeyError")
    assert kept.retry_at is not None
    assert kept.retry_at > message.created_at


def test_in_a_trial_the_mailbox_keeps_what_its_people_read(cast: Cast) -> None:
    written(is_secret=True)

    kept = Message.objects.get()
    assert (kept.state, kept.provider) == (MessageState.DELIVERED, "mailbox")
    assert kept.text == "Hello from http://localhost:8000\n"


def test_nothing_is_said_to_be_sent_without_a_provider() -> None:
    written("sms")

    kept = Message.objects.get()
    assert kept.state == MessageState.QUEUED
    assert "No provider" in kept.error


def test_a_frozen_worker_that_wakes_cannot_undo_what_another_one_did(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    message = written()
    frozen = settling.lease(message.pk, at=LATER)
    hand_over(message.pk, at=LATER + settling.LEASE + timedelta(seconds=1))

    assert frozen is not None
    settling.keep_failed(frozen, reason="I was asleep", at=LATER)

    assert Message.objects.get().state == MessageState.SENT


def test_what_a_lost_worker_held_is_swept_up_however_old_it_is(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    message = written()
    settling.lease(message.pk, at=NOON)

    sweep_messages()

    assert not inline.orders.waiting
    assert len(smtp.received) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_a_mail_that_a_lost_worker_held_is_marked_as_one_that_may_come_twice(
    smtp: Postman,
) -> None:
    smtp.answers = ["451 try later"]
    message = written()
    assert not Message.objects.get().is_in_doubt
    settling.lease(message.pk, at=NOON)

    hand_over(message.pk, at=NOON + settling.LEASE + timedelta(seconds=1))

    kept = Message.objects.get()
    assert (kept.state, kept.is_in_doubt, kept.error) == (MessageState.SENT, True, "")


def test_a_text_that_a_lost_worker_held_is_looked_up_and_not_in_doubt(texts: FakeTwilio) -> None:
    texts.hang_up = True
    message = written("sms")
    settling.lease(message.pk, at=LATER)

    hand_over(message.pk, at=LATER + settling.LEASE + timedelta(seconds=1))

    assert len(texts.sent) == 1
    assert not Message.objects.get().is_in_doubt


def test_a_code_that_would_come_too_late_is_not_sent_any_more(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    message = written(is_secret=True)
    Message.objects.update(good_until=NOON)

    hand_over(message.pk, at=LATER)

    assert smtp.received == []
    assert Message.objects.get().state == MessageState.FAILED
