"""A restored copy keeps its messages back until somebody decides."""

from datetime import timedelta

import pytest

from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.messaging import settling
from paraph.messaging.actions import deliver
from paraph.messaging.handing import hand_over
from paraph.messaging.holding import (
    discard_messages,
    hold_messages,
    is_holding,
    release_messages,
)
from paraph.messaging.jobs import sweep_messages
from paraph.messaging.letters import Letter
from paraph.messaging.models import Message, MessageState
from tests.messaging.conftest import Postman
from tests.messaging.letters import written
from tests.moments import NOON

pytestmark = pytest.mark.django_db
LONG_AGO = NOON - timedelta(days=3)


def test_what_was_waiting_at_the_backup_does_not_leave(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    waiting = written()

    assert hold_messages(by=SYSTEM, at=NOON) == 1
    hand_over(waiting.pk, at=NOON)
    sweep_messages()

    assert smtp.received == []
    assert Message.objects.get().state == MessageState.HELD


def test_what_is_decided_from_old_rows_is_held_and_codes_go(smtp: Postman) -> None:
    hold_messages(by=SYSTEM, at=NOON)

    written(once="reminder")
    _code()

    states = dict(Message.objects.values_list("once", "state"))
    assert states == {"reminder": MessageState.HELD, "code": MessageState.SENT}


def test_released_messages_leave_once(smtp: Postman) -> None:
    hold_messages(by=SYSTEM, at=LONG_AGO)
    written()

    release_messages(None, by=SYSTEM, at=LONG_AGO)
    sweep_messages()
    sweep_messages()

    assert len(smtp.received) == 1
    assert not is_holding()


def test_what_was_being_handed_over_is_in_doubt_when_it_leaves_again(smtp: Postman) -> None:
    smtp.answers = ["451 try later"]
    settling.lease(written().pk, at=LONG_AGO)

    hold_messages(by=SYSTEM, at=LONG_AGO)
    release_messages(None, by=SYSTEM, at=LONG_AGO)
    sweep_messages()

    assert len(smtp.received) == 1
    assert Message.objects.get().is_in_doubt


def test_an_old_code_is_not_released(smtp: Postman) -> None:
    hold_messages(by=SYSTEM, at=LONG_AGO)
    Message.objects.filter(pk=written().pk).update(good_until=LONG_AGO)

    release_messages(None, by=SYSTEM, at=NOON)

    assert Message.objects.get().state == MessageState.WITHDRAWN


def test_one_message_is_discarded_and_the_rest_stay_held(smtp: Postman) -> None:
    hold_messages(by=SYSTEM, at=NOON)
    first, second = written(once="1"), written(once="2")

    assert discard_messages([first.pk], by=SYSTEM, at=NOON) == 1

    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {first.pk: MessageState.WITHDRAWN, second.pk: MessageState.HELD}
    assert is_holding()


@db.transaction
def _code() -> None:
    letter = Letter(
        "test_letter", "email", "frank@example.org", "Frank", "en", {"word": "1"}, is_urgent=True
    )
    deliver(letter, once="code", at=NOON)
