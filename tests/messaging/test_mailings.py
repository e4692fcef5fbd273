"""Mailings leave in stretches, and what is taken back, slow or killed amid one is told apart."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from paraph.kit import db
from paraph.kit.engines import inline
from paraph.kit.faults import FaultInjected
from paraph.messaging import settling
from paraph.messaging.actions import deliver
from paraph.messaging.handing import hand_over
from paraph.messaging.jobs import sweep_messages
from paraph.messaging.letters import Letter
from paraph.messaging.models import Message, MessageState
from tests.messaging.conftest import Postman
from tests.moments import NOON

LATER = NOON + timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def mailings(count: int) -> list[Message]:
    """Write mailings in one transaction, as a campaign does."""
    with db.unit_of_work():
        letters = [mailing(number) for number in range(count)]
        return [deliver(it, once=it.recipient, at=NOON) for it in letters]


def mailing(number: int) -> Letter:
    return Letter(
        kind="test_letter",
        channel="email",
        recipient=f"guest{number}@example.org",
        recipient_name="",
        language="en",
        context={"word": "Hello"},
        unsubscribe_url="https://example.org/u/1",
    )


def taken_mailings(count: int) -> list[Message]:
    """Take mailings for a stretch, at noon; the server is busy when they are written."""
    pks = [message.pk for message in mailings(count)]
    Message.objects.update(attempts=0)  # as if nobody had tried
    return settling.lease_mailings(range(pks[0], pks[-1] + 1), asked="smtp", at=NOON)


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_crowd_is_written_to_on_few_lines(smtp: Postman) -> None:
    mailings(25)

    assert states() == [MessageState.SENT] * 25
    assert len({mail["To"] for mail in smtp.received}) == len(smtp.received) == 25
    assert smtp.lines <= 4


def test_one_refusal_stops_nobody_else(smtp: Postman) -> None:
    smtp.answers = ["250 OK", "550 no such person", "451 try later"]

    mailings(5)

    assert sorted(states()) == sorted([MessageState.FAILED, MessageState.QUEUED, *["sent"] * 3])
    assert len(smtp.received) == 3


def test_mailings_wait_while_the_server_is_away(smtp: Postman, settings: Settings) -> None:
    at_home, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    waiting = mailings(3)
    assert states() == [MessageState.QUEUED] * 3

    settings.SMTP_URL = at_home
    for message in waiting:
        hand_over(message.pk, at=LATER)

    assert (states(), len(smtp.received)) == ([MessageState.SENT] * 3, 3)


def test_what_a_killed_worker_held_of_a_crowd_is_in_doubt_and_not_repeated(
    smtp: Postman,
) -> None:
    smtp.answers = ["451 try later"] * 3
    assert len(taken_mailings(3)) == 3

    sweep_messages()

    assert (states(), smtp.received) == ([MessageState.UNKNOWN] * 3, [])


def test_a_mailing_that_is_taken_back_in_its_stretch_does_not_leave(smtp: Postman) -> None:
    smtp.answers = ["451 try later"] * 2
    taken_back, other = taken = taken_mailings(2)
    with db.unit_of_work():
        settling.withdraw(Message.objects.filter(pk=taken_back.pk), at=LATER)

    assert [settling.is_still_wanted(it) for it in taken] == [False, True]
    settling.give_back(taken, at=NOON)
    sweep_messages()

    assert states() == [MessageState.WITHDRAWN, MessageState.SENT]
    assert [mail["To"] for mail in smtp.received] == [other.recipient]
    kept = Message.objects.get(pk=taken_back.pk)
    assert (kept.text, kept.html, kept.unsubscribe_url) == ("", "", "")


def test_a_mailing_that_was_taken_back_from_a_killed_worker_may_have_left(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    [message] = taken_mailings(1)
    with db.unit_of_work():
        settling.withdraw(Message.objects.filter(pk=message.pk), at=LATER)

    sweep_messages()

    assert (states(), smtp.received) == ([MessageState.UNKNOWN], [])


def test_a_slow_server_does_not_lose_the_mailings_behind_it(smtp: Postman) -> None:
    smtp.answers = ["451 try later"] * 2
    taken = taken_mailings(2)
    slow = NOON + timedelta(minutes=4)  # two servers, each as slow as it may be at every step

    for message in Message.objects.stranded(slow):
        hand_over(message.pk, at=slow)
    settling.give_back(taken, at=slow)
    sweep_messages()

    assert (states(), len(smtp.received)) == ([MessageState.SENT] * 2, 2)


def test_a_fault_amid_a_stretch_costs_one_mailing_at_most(
    smtp: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARAPH_FAULT", "after-message:raise")
    with pytest.raises(FaultInjected):
        mailings(3)
    monkeypatch.delenv("PARAPH_FAULT")
    inline.forget()
    assert len(smtp.received) == 1

    sweep_messages()
    long_after = NOON + timedelta(days=3650)
    for message in Message.objects.stranded(long_after):
        hand_over(message.pk, at=long_after)

    assert sorted(states()) == [MessageState.SENT, MessageState.SENT, MessageState.UNKNOWN]
    assert len({mail["To"] for mail in smtp.received}) == len(smtp.received) == 3
