"""Codes and sessions: what a code opens, how often it may be asked for, how often mistyped."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from paraph import journal
from paraph.kit.errors import Refused
from paraph.messaging.models import Message
from paraph.signing import codes
from paraph.signing.access import open_link, open_session
from paraph.signing.actions.following import cancel_envelope, send_new_link
from paraph.signing.actions.proving import enter_code, keep_alive, request_code
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Code, Link, Party, SigningSession
from paraph.signing.refusals import (
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    LinkExpired,
    LinkLocked,
    NotYourTurn,
    SessionExpired,
    TooManyCodes,
)
from tests import make
from tests.cast import Cast
from tests.make import HERE
from tests.moments import NOON

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def erin(cast: Cast) -> Party:
    """Erin, who was just asked to sign."""
    return make.party(make.sent(cast), name="Erin")


def enter(link: Link, digits: str, *, at: datetime = NOON) -> str:
    return enter_code(link, digits=digits, origin=HERE, at=at)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06d}"


def test_the_right_code_opens_a_session_and_proves_the_party(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)

    key = enter(link, make.digits(erin))

    assert open_session(link, key=key, at=NOON).link == link
    erin.refresh_from_db()
    assert erin.status == PartyStatus.PROVEN


def test_digits_may_be_typed_with_spaces(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    digits = make.digits(erin)

    assert enter(link, f" {digits[:3]} {digits[3:]} ")


def test_the_code_travels_by_its_channel_and_only_its_hmac_is_kept(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Frank")
    frank = make.party(envelope, name="Frank")

    request_code(make.link(frank), origin=HERE, at=NOON)

    letter = Message.objects.get(kind="signing_code")
    assert (letter.channel, letter.recipient) == ("sms", "+33612345601")
    assert letter.is_secret and letter.is_urgent
    assert make.digits(frank) not in str(list(Code.objects.values_list()))


def test_another_code_comes_after_a_minute(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)

    with pytest.raises(CodeTooSoon) as refused:
        request_code(link, origin=HERE, at=NOON + timedelta(seconds=59))
    request_code(link, origin=HERE, at=NOON + MINUTE)

    assert "1 second." in refused.value.reasons[0]
    assert Code.objects.count() == 2


def test_five_codes_an_hour_are_enough(erin: Party) -> None:
    link = make.link(erin)
    for number in range(5):
        request_code(link, origin=HERE, at=NOON + 2 * number * MINUTE)

    with pytest.raises(TooManyCodes):
        request_code(link, origin=HERE, at=NOON + 59 * MINUTE)

    request_code(link, origin=HERE, at=NOON + 61 * MINUTE)


def test_a_code_is_good_for_ten_minutes(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)

    with pytest.raises(CodeExpired):
        enter(link, make.digits(erin), at=NOON + 10 * MINUTE)


def test_a_code_is_used_once(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    enter(link, make.digits(erin))

    with pytest.raises(CodeExpired):
        enter(link, make.digits(erin))


def test_only_the_newest_code_counts(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    first = make.digits(erin)
    request_code(link, origin=HERE, at=NOON + MINUTE)

    if first != make.digits(erin):
        with pytest.raises(CodeWrong):
            enter(link, first, at=NOON + MINUTE)


def test_wrong_tries_are_kept_although_they_are_refused(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)

    with pytest.raises(CodeWrong) as refused:
        enter(link, wrong(make.digits(erin)))

    assert "4 more times" in refused.value.reasons[0]
    assert Link.objects.get(pk=link.pk).wrong_tries == 1
    assert Code.objects.get().wrong_tries == 1
    assert "code.refused" in [
        f.event for f in journal.timeline(subject="party", object_id=erin.pk)
    ]


def test_after_five_wrong_tries_the_right_digits_are_worthless(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    _fail(partial(enter, link, wrong(make.digits(erin))), times=5)

    with pytest.raises(CodeExpired):
        enter(link, make.digits(erin))


def test_ten_wrong_tries_lock_the_link_for_good(erin: Party) -> None:
    link = make.link(erin)
    for at in (NOON, NOON + MINUTE):
        request_code(link, origin=HERE, at=at)
        _fail(partial(enter, link, wrong(make.digits(erin)), at=at), times=5)

    with pytest.raises(LinkLocked):
        enter(link, make.digits(erin), at=NOON + MINUTE)
    with pytest.raises(LinkLocked):
        request_code(link, origin=HERE, at=NOON + timedelta(days=1))


def test_a_new_link_from_the_sender_opens_a_locked_door(cast: Cast, erin: Party) -> None:
    old = make.link(erin)
    Link.objects.filter(pk=old.pk).update(wrong_tries=10)

    send_new_link(erin, by=cast.alice.actor, at=NOON)

    assert make.session(erin).link != old
    with pytest.raises(LinkExpired):
        request_code(old, origin=HERE, at=NOON)


def test_a_code_does_not_open_another_partys_link(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Frank")
    erin, frank = make.party(envelope, name="Erin"), make.party(envelope, name="Frank")
    request_code(make.link(erin), origin=HERE, at=NOON)
    request_code(make.link(frank), origin=HERE, at=NOON)

    if make.digits(erin) != make.digits(frank):
        with pytest.raises(CodeWrong):
            enter(make.link(frank), make.digits(erin))


def test_a_code_is_bound_to_the_prepared_documents(erin: Party) -> None:
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    Code.objects.update(documents_hash="0" * 64)

    with pytest.raises(CodeExpired):
        enter(link, make.digits(erin))


def test_reading_a_link_changes_nothing(erin: Party) -> None:
    token = make.token(erin)
    before = (list(Link.objects.values()), Message.objects.count(), list(Party.objects.values()))

    for _scanner in range(3):
        open_link(token, at=NOON)

    after = (list(Link.objects.values()), Message.objects.count(), list(Party.objects.values()))
    assert after == before


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 500])
def test_a_token_that_is_none_opens_nothing(erin: Party, token: str) -> None:
    with pytest.raises(LinkExpired):
        open_link(token, at=NOON)


def test_a_revoked_link_opens_nothing(cast: Cast, erin: Party) -> None:
    link, token = make.link(erin), make.token(erin)

    send_new_link(erin, by=cast.alice.actor, at=NOON)

    with pytest.raises(LinkExpired):
        open_link(token, at=NOON)
    with pytest.raises(LinkExpired):
        request_code(link, origin=HERE, at=NOON)


def test_a_link_to_sign_does_not_fetch_the_file(erin: Party) -> None:
    with pytest.raises(LinkExpired):
        open_link(make.token(erin), at=NOON, purpose="file")


def test_nobody_gets_a_code_before_their_turn_or_after_the_end(cast: Cast, erin: Party) -> None:
    link = make.link(erin)
    cancel_envelope(erin.envelope, reason="Wrong price", by=cast.alice.actor, at=NOON)

    with pytest.raises(NotYourTurn) as refused:
        request_code(link, origin=HERE, at=NOON)

    assert refused.value.reasons == ["The sender has called this document back."]


def test_a_session_goes_idle_after_half_an_hour(erin: Party) -> None:
    session = make.session(erin)
    keep_alive(session, at=NOON + 29 * MINUTE)

    keep_alive(session, at=NOON + 58 * MINUTE)
    with pytest.raises(SessionExpired):
        keep_alive(session, at=NOON + 88 * MINUTE)


def test_a_session_ends_after_eight_hours_however_busy(erin: Party) -> None:
    session = make.session(erin)
    for quarter in range(1, 32):
        keep_alive(session, at=NOON + 15 * quarter * MINUTE)

    with pytest.raises(SessionExpired):
        keep_alive(session, at=NOON + codes.SESSION_LIFE)


def test_a_session_belongs_to_its_link(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Frank")
    erin, frank = make.party(envelope, name="Erin"), make.party(envelope, name="Frank")
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    key = enter(link, make.digits(erin))

    with pytest.raises(SessionExpired):
        open_session(make.link(frank), key=key, at=NOON)
    assert key not in str(list(SigningSession.objects.values_list()))


def test_the_facts_say_how_a_party_proved_themselves(erin: Party) -> None:
    make.session(erin)

    proven = (
        journal.timeline(subject="party", object_id=erin.pk).filter(event="party.proven").get()
    )
    assert proven.facts["ip"] == "192.0.2.7"
    assert proven.facts["recipient"] == "erin@example.org"
    assert proven.facts["documents_hash"] == Code.objects.get().documents_hash


def _fail(attempt: Callable[[], object], *, times: int) -> None:
    for _time in range(times):
        with pytest.raises(Refused):
            attempt()
