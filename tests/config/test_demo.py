"""The past of the demo company: what it moves keeps the order in which it came about."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

import pytest

from paraph.board.figures.team import Choice, team_of
from paraph.config.demo import envelopes, history
from paraph.signing import queries
from paraph.signing.actions import ceremony
from paraph.signing.actions.following import cancel_envelope
from paraph.signing.actions.sending import send_envelope
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
    history.let_pass(envelope.title, days=DAYS, took=TOOK)
    envelope.refresh_from_db()
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

    history.let_pass(envelope.title, days=DAYS, took=TOOK)

    closed_at = Envelope.objects.get(pk=envelope.pk).closed_at
    assert envelope.closed_at and closed_at == envelope.closed_at - timedelta(days=DAYS)
    assert SignedFile.objects.get(envelope=envelope).completed_at == closed_at


@pytest.mark.slow
def test_the_past_gives_the_team_figures_in_many_weeks(cast: Cast) -> None:
    by = cast.alice.actor
    for each in history.PAST:
        envelope = make.draft(cast, title=each.title)
        send_envelope(envelope, by=by, at=NOON)
        cancel_envelope(envelope, reason="", by=by, at=NOON)
        history.let_pass(each.title, days=each.days, took=each.took)

    weeks = team_of(cast.olga, Choice(), at=NOON).weeks

    assert len(weeks) == 12
    assert sum(week.sent > 0 for week in weeks) >= 5


def test_every_document_of_the_past_is_told_of_once() -> None:
    told = [it.title for it in chain(envelopes.STORIES, history.STORIES)]

    assert len(told) == len(set(told))
    assert {it.title for it in history.PAST} <= set(told)
