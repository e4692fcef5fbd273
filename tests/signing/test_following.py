"""After sending: calling back, reminding, new links, more time, and the deadline."""

from datetime import timedelta

import pytest
from django.utils import timezone

from paraph.journal.models import Fact
from paraph.kit.engines import inline
from paraph.kit.errors import Refused
from paraph.messaging.models import Message
from paraph.signing.access import open_link
from paraph.signing.actions.ceremony import press_sign
from paraph.signing.actions.following import (
    cancel_envelope,
    copy_link,
    expire_envelope,
    extend_deadline,
    remind_party,
    send_new_link,
)
from paraph.signing.actions.telling import share_completed, tell_of_end
from paraph.signing.jobs.deadlines import expire_envelopes
from paraph.signing.lifecycle import Status, StepNotPossible
from paraph.signing.models import Envelope, Link, Party
from paraph.signing.refusals import CannotCancel, CannotExtend, CannotRemind, LinkExpired
from tests import make
from tests.cast import Cast
from tests.make import HERE, TERMS
from tests.moments import NOON, TOMORROW, YESTERDAY

pytestmark = pytest.mark.slow


def test_a_cancelled_envelope_tells_those_who_were_asked(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin > Frank")

    cancel_envelope(envelope, reason="A new price", by=cast.alice.actor, at=NOON)

    told = Message.objects.get(kind="envelope_cancelled")
    assert (told.recipient, envelope.status) == ("erin@example.org", Status.CANCELLED)
    assert "A new price" in told.text


def test_a_completed_envelope_is_not_called_back(cast: Cast) -> None:
    envelope = make.completed(cast)

    with pytest.raises(StepNotPossible):
        cancel_envelope(envelope, reason="Too late", by=cast.alice.actor, at=NOON)


def test_nothing_ends_while_somebody_signs(cast: Cast) -> None:
    envelope = make.sent(cast)
    extend_deadline(envelope, deadline_at=TOMORROW, by=cast.alice.actor, at=NOON)
    _press_while_nobody_works(make.party(envelope, name="Erin"))

    with pytest.raises(CannotCancel):
        cancel_envelope(envelope, reason="Stop", by=cast.alice.actor, at=NOON)

    assert not expire_envelope(envelope, at=TOMORROW)
    assert Envelope.objects.get().status == Status.SENT


def test_a_reminder_carries_a_link_that_works(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    later = timezone.now() + timedelta(hours=1)

    remind_party(erin, by=cast.alice.actor, at=later)

    assert open_link(make.token(erin, kind="reminder"), at=later).party == erin
    assert open_link(make.token(erin), at=later).party == erin


def test_nobody_is_reminded_twice_in_a_breath(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    later = timezone.now() + timedelta(hours=1)
    remind_party(erin, by=cast.alice.actor, at=later)

    with pytest.raises(CannotRemind):
        remind_party(erin, by=cast.alice.actor, at=later + timedelta(minutes=4))


def test_who_waits_for_their_turn_is_not_reminded(cast: Cast) -> None:
    frank = make.party(make.sent(cast, parties="Erin > Frank"), name="Frank")

    with pytest.raises(CannotRemind):
        remind_party(frank, by=cast.alice.actor, at=NOON)


def test_a_new_link_replaces_the_old_one(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    old = make.token(erin)

    send_new_link(erin, by=cast.alice.actor, at=NOON)

    assert make.token(erin) != old
    with pytest.raises(LinkExpired):
        open_link(old, at=NOON)


def test_a_copied_link_works_beside_the_one_that_was_sent(cast: Cast) -> None:
    frank = make.party(make.sent(cast, parties="Frank > Erin"), name="Frank")
    sent = make.link(frank)

    address = copy_link(frank, by=cast.alice.actor, at=NOON)

    assert open_link(address.rstrip("/").rpartition("/")[2], at=NOON).party == frank
    sent.refresh_from_db()
    assert sent.revoked_at is None and frank.links.count() == 2
    assert Fact.objects.get(event="link.copied").actor == cast.alice.actor
    with pytest.raises(Refused):
        copy_link(make.party(make.draft(cast), name="Frank"), by=cast.alice.actor, at=NOON)


def test_a_deadline_ends_what_is_overdue_and_nothing_else(cast: Cast) -> None:
    overdue, in_time = make.sent(cast), make.sent(cast)
    Envelope.objects.filter(pk=overdue.pk).update(deadline_at=YESTERDAY)
    future = timezone.now() + timedelta(days=1)
    extend_deadline(in_time, deadline_at=future, by=cast.alice.actor, at=NOON)

    expire_envelopes()

    assert Envelope.objects.get(status=Status.EXPIRED) == overdue
    told = Message.objects.filter(kind__startswith="envelope_expired")
    assert {letter.recipient for letter in told} == {"alice@example.org", "erin@example.org"}


def test_a_deadline_moves_only_forwards_from_now(cast: Cast) -> None:
    envelope = make.sent(cast)

    with pytest.raises(CannotExtend):
        extend_deadline(envelope, deadline_at=YESTERDAY, by=cast.alice.actor, at=NOON)


def test_letters_that_are_told_twice_are_written_once(cast: Cast) -> None:
    envelope = make.completed(cast)
    before = (Message.objects.count(), Link.objects.count())

    share_completed(envelope, at=NOON)

    assert (Message.objects.count(), Link.objects.count()) == before


def test_an_end_that_is_told_twice_is_written_once(cast: Cast) -> None:
    envelope = make.sent(cast)
    cancel_envelope(envelope, reason="", by=cast.alice.actor, at=NOON)
    before = Message.objects.count()

    tell_of_end(envelope, kind="envelope_cancelled", reason="", at=NOON)

    assert Message.objects.count() == before


def test_a_file_link_is_good_for_a_year(cast: Cast) -> None:
    erin = make.party(make.completed(cast), name="Erin")
    token = make.token(erin, kind="envelope_completed")
    opened = open_link(token, at=NOON, purpose="file")

    assert opened.expires_at == opened.created_at + timedelta(days=365)
    with pytest.raises(LinkExpired):
        open_link(token, at=opened.expires_at, purpose="file")


def _press_while_nobody_works(party: Party) -> None:
    """Press Sign on an installation whose workers are all away."""
    session = make.session(party)
    shown = make.filled(session)
    inline.orders.is_working = True
    press_sign(session, terms=TERMS, shown=shown, origin=HERE, at=NOON)
    inline.orders.is_working = False
