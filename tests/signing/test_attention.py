"""What stands out: each kind as a condition of lists and as a mark of a card, until mended."""

import contextlib
from datetime import datetime, timedelta

import pytest

from paraph.messaging.carriers.receipts import Receipt
from paraph.messaging.models import Message, MessageState
from paraph.messaging.settling import keep_receipt
from paraph.signing import codes
from paraph.signing.actions.asking import answer_question, ask_question
from paraph.signing.actions.following import (
    cancel_envelope,
    expire_envelope,
    extend_deadline,
    send_new_link,
)
from paraph.signing.actions.proving import enter_code, request_code
from paraph.signing.attention import Attention, any_of, of, q
from paraph.signing.models import Envelope
from paraph.signing.refusals import CodeWrong, LinkLocked
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _sent(cast: Cast) -> Envelope:
    return make.sent(cast, parties="Frank > Erin")


def _asked_at(envelope: Envelope) -> datetime:
    """Return when Frank was asked: a job of its own did that, by its own clock."""
    asked_at = make.party(envelope, name="Frank").asked_at
    assert asked_at
    return asked_at


def _marks(envelope: Envelope, *, days: float = 0) -> set[str]:
    """Return why it stands out; the list must say the same as the card."""
    at = _asked_at(envelope) + days * DAY
    kept = Envelope.objects.get(pk=envelope.pk)
    marks = set(of(kept, at=at))
    found = {it for it in Attention if Envelope.objects.filter(q(it, at=at), pk=kept.pk).exists()}
    assert found == marks
    assert Envelope.objects.filter(any_of(at=at), pk=kept.pk).exists() == bool(marks)
    return {str(mark) for mark in marks}


def _bounce(envelope: Envelope) -> None:
    message = Message.objects.filter(noun="party", kind="signature_requested").latest("pk")
    sent = {"state": MessageState.SENT, "provider": "twilio", "provider_id": "SM1"}
    Message.objects.filter(pk=message.pk).update(**sent)
    receipt = Receipt("SM1", is_delivered=False, reason="No such number")
    assert keep_receipt("twilio", receipt, at=_asked_at(envelope) + HOUR)


def test_what_was_just_sent_does_not_stand_out(cast: Cast) -> None:
    assert _marks(_sent(cast)) == set()


def test_a_message_that_came_back_stands_out_until_another_link_is_sent(cast: Cast) -> None:
    envelope = _sent(cast)
    _bounce(envelope)
    assert _marks(envelope) == {"bounced"}

    later = _asked_at(envelope) + 2 * HOUR
    send_new_link(make.party(envelope, name="Frank"), by=cast.alice.actor, at=later)

    assert _marks(envelope) == set()


def test_a_link_whose_tries_are_spent_stands_out_until_there_is_another(cast: Cast) -> None:
    envelope = _sent(cast)
    frank, at = make.party(envelope, name="Frank"), _asked_at(envelope) + HOUR
    frank.links.update(wrong_tries=codes.TRIES_PER_LINK - 1)
    request_code(frank.links.get(), origin=make.HERE, at=at)
    with contextlib.suppress(CodeWrong, LinkLocked):
        enter_code(frank.links.get(), digits="x", origin=make.HERE, at=at)
    assert _marks(envelope) == {"locked"}

    send_new_link(frank, by=cast.alice.actor, at=at + HOUR)

    assert _marks(envelope) == set()


def test_a_question_stands_out_until_it_is_answered(cast: Cast) -> None:
    envelope = _sent(cast)
    at = _asked_at(envelope) + HOUR
    session = make.session(make.party(envelope, name="Frank"), at=at)
    question = ask_question(session, text="Which car?", at=at)
    assert _marks(envelope) == {"question"}

    answer_question(question, text="The red one.", by=cast.alice, at=at + HOUR)

    assert _marks(envelope) == set()


def test_what_ended_has_no_troubles_any_more(cast: Cast) -> None:
    envelope = _sent(cast)
    _bounce(envelope)

    at = _asked_at(envelope) + 2 * HOUR
    cancel_envelope(envelope, reason="", by=cast.alice.actor, at=at)

    assert _marks(envelope) == set()


def test_who_does_not_look_and_who_looks_and_does_not_sign(cast: Cast) -> None:
    envelope = _sent(cast)
    assert _marks(envelope, days=2.9) == set()
    assert _marks(envelope, days=3.1) == {"unread"}

    frank = make.party(envelope, name="Frank")
    make.session(frank, at=_asked_at(envelope) + HOUR)

    assert _marks(envelope, days=3.1) == {"unfinished"}


def test_a_deadline_is_near_then_passed_then_history(cast: Cast) -> None:
    envelope = _sent(cast)
    asked_at = _asked_at(envelope)
    ends = asked_at + 2.5 * DAY
    extend_deadline(envelope, deadline_at=ends, by=cast.alice.actor, at=asked_at)
    assert _marks(envelope) == set()
    assert _marks(envelope, days=1) == {"deadline-near"}
    assert _marks(envelope, days=2.5) == {"overdue"}

    expire_envelope(envelope, at=ends)

    assert _marks(envelope, days=3) == {"overdue"}
    assert _marks(envelope, days=11) == set()
