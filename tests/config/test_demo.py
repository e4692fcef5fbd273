"""The past of the demo company: what it moves keeps the order in which it came about."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

import pytest

from paraph.config.demo import attention, envelopes, history
from paraph.signing import queries
from paraph.signing.actions import ceremony
from paraph.signing.models import Envelope, Party
from paraph.vault.models import SignedFile
from tests import make
from tests.cast import Cast
from tests.moments import NOON

END = NOON + timedelta(minutes=2)
DAYS, TOOK = 16, 4.5


def turn_of(party: Party) -> Iterator[datetime]:
    """Yield a party's moments, in the order in which they have to be."""
    acted = (party.signed_at, party.approved_at, party.declined_at)
    return (at for at in (party.asked_at, party.opened_at, party.reminded_at, *acted) if at)


def asked_when_due(envelope: Envelope) -> list[list[datetime]]:
    """Let each group be asked when its turn came: the job that asks has a clock that runs."""
    for party in queries.parties_of(envelope):
        begins = NOON + timedelta(minutes=party.group - 1)
        Party.objects.filter(pk=party.pk).update(asked_at=begins)
    envelope.refresh_from_db()
    history.let_pass(envelope, days=DAYS, took=TOOK)
    return [list(turn_of(it)) for it in queries.parties_of(envelope)]


@pytest.mark.slow
def test_a_past_document_keeps_its_order_between_its_sending_and_its_end(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Bob?, Erin? > Frank")
    for name in ("Bob", "Erin"):
        make.approval(make.party(envelope, name=name), at=NOON + timedelta(minutes=1))
    session = make.session(make.party(envelope, name="Frank"), at=END)
    Party.objects.filter(pk=session.link.party.pk).update(reminded_at=END)
    ceremony.decline(session, reason="Too dear.", origin=make.HERE, at=END)

    bob, erin, frank = moments = asked_when_due(envelope)

    assert [len(each) for each in moments] == [3, 3, 4]
    assert moments == [sorted(each) for each in moments]
    assert envelope.sent_at == bob[0] == erin[0] == NOON - timedelta(days=DAYS + TOOK)
    assert max(bob[-1], erin[-1]) <= frank[0]
    approved = [it.approved_at for it in queries.parties_of(envelope) if it.approved_at]
    assert envelope.acted_at == max(approved) < frank[-1]
    assert frank[-1] == envelope.closed_at == envelope.stands_since == END - timedelta(days=DAYS)


@pytest.mark.slow
def test_a_past_document_is_as_old_in_the_vault(cast: Cast) -> None:
    envelope = make.completed(cast)
    envelope.refresh_from_db()
    closed_at = envelope.closed_at

    history.let_pass(envelope, days=DAYS, took=TOOK)

    assert closed_at and envelope.closed_at == closed_at - timedelta(days=DAYS)
    assert SignedFile.objects.get(envelope=envelope).completed_at == envelope.closed_at


def test_every_document_of_the_past_has_a_title_of_its_own() -> None:
    told = [it.title for it in chain(envelopes.STORIES, attention.STORIES, history.STORIES)]

    assert len(told) == len(set(told))
