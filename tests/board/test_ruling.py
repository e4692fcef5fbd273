"""The rules of stages: followed once for each stay, told on the timeline, never in a circle."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from paraph.board.actions.ruling import delete_rule, follow_rule, keep_rule, switch_rule
from paraph.board.history import occasions, stays
from paraph.board.models import Deed, RuleRun, Stage, StageRule, Whom
from paraph.board.refusals import CannotKeepRule
from paraph.journal import Fact
from paraph.messaging.models import Message
from paraph.signing.actions.ceremony import decline
from paraph.signing.actions.following import cancel_envelope
from paraph.signing.models import Envelope, Standing
from tests import make
from tests.cast import Cast
from tests.moments import NOON, TOMORROW, YESTERDAY
from tests.sales import deals

pytestmark = pytest.mark.slow


def rule(cast: Cast, deed: Deed, *, stage: str = "with-client", **more: Any) -> StageRule:
    """Write a rule that has been on since yesterday."""
    described = StageRule(
        name="Watch", stage=Stage.objects.get(usual=stage), deed=deed, is_on=True, **more
    )
    return keep_rule(described, by=cast.olga.actor, at=YESTERDAY)


def with_client(cast: Cast) -> Envelope:
    """Let a document be with a client, who is asked by a job, by the clock on the wall."""
    return Envelope.objects.get(pk=make.sent(cast, parties="Frank > Erin").pk)


def after(envelope: Envelope, *, days: float = 0) -> datetime:
    """Return a moment so long after the document came to where it stands."""
    return envelope.stands_since + timedelta(days=days)


def told(envelope: Envelope) -> list[dict[str, Any]]:
    facts = Fact.objects.about("envelope", envelope.pk).filter(event="stage-rule.applied")
    return [fact.facts for fact in facts.order_by("pk")]


def test_a_rule_is_followed_when_a_document_comes_to_its_stage(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")

    assert follow_rule(note, envelope, at=after(envelope))

    (fact,) = told(envelope)
    assert (fact["title"], fact["told"], fact["refusal"]) == ("Watch", "Call them", "")
    last = Fact.objects.about("envelope", envelope.pk).order_by("-pk")[0]
    assert (last.actor.kind, last.actor.name) == ("rule", "Watch")


def test_a_rule_is_followed_once_for_each_stay(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")

    done = [follow_rule(note, envelope, at=after(envelope, days=each)) for each in range(3)]
    Envelope.objects.filter(pk=envelope.pk).update(stands_since=after(envelope, days=3))
    again = follow_rule(note, envelope, at=after(envelope, days=3))

    assert (done, again) == ([True, False, False], True)
    assert len(told(envelope)) == 2


def test_a_rule_waits_for_its_days(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, after_days=5, text="Call them")

    early = follow_rule(note, envelope, at=after(envelope, days=4.9))
    late = follow_rule(note, envelope, at=after(envelope, days=5))

    assert (early, late) == (False, True)


def test_what_stood_there_before_is_left_alone(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")
    for is_on in (False, True):
        switch_rule(note, is_on=is_on, by=cast.olga.actor, at=after(envelope, days=1))

    assert not follow_rule(note, envelope, at=after(envelope, days=7))


def test_a_rule_that_is_off_does_nothing(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")
    switch_rule(note, is_on=False, by=cast.olga.actor, at=NOON)

    assert not follow_rule(note, envelope, at=after(envelope))


def test_a_rule_that_was_changed_or_deleted_meanwhile_does_nothing(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")
    stale = StageRule.objects.get(pk=note.pk)
    switch_rule(note, is_on=False, by=cast.olga.actor, at=NOON)
    off = follow_rule(stale, envelope, at=after(envelope))
    delete_rule(note, by=cast.olga.actor, at=NOON)

    gone = follow_rule(stale, envelope, at=after(envelope))

    assert (off, gone) == (False, False)


def test_a_rule_that_was_deleted_meanwhile_does_not_come_back(cast: Cast) -> None:
    note = rule(cast, Deed.NOTE, text="Call them")
    stale = StageRule.objects.get(pk=note.pk)
    delete_rule(note, by=cast.olga.actor, at=NOON)

    with pytest.raises(CannotKeepRule):
        keep_rule(stale, by=cast.olga.actor, at=NOON)

    assert not StageRule.objects.exists()


def test_a_reminder_goes_to_who_must_act(cast: Cast) -> None:
    envelope, remind = with_client(cast), rule(cast, Deed.REMIND, after_days=2)

    follow_rule(remind, envelope, at=after(envelope, days=2))

    assert make.newest_letter(make.party(envelope, name="Frank")).kind == "reminder"
    assert told(envelope)[0]["told"] == "Frank Kowalski"


def test_a_refusal_is_told_and_not_tried_again(cast: Cast) -> None:
    envelope, remind = with_client(cast), rule(cast, Deed.REMIND)

    follow_rule(remind, envelope, at=after(envelope))

    assert told(envelope)[0]["refusal"] == "We wrote to them a moment ago."
    assert not follow_rule(remind, envelope, at=after(envelope, days=1))


def test_who_may_not_see_the_document_is_not_written_to(cast: Cast) -> None:
    envelope = with_client(cast)
    letters = [
        rule(cast, Deed.NOTIFY, whom=Whom.PERSON, person=person, text="Look")
        for person in (cast.bob, cast.mallory)
    ]

    for each in letters:
        follow_rule(each, envelope, at=after(envelope))

    sent = Message.objects.filter(kind="rule_notice")
    assert [letter.recipient for letter in sent] == [cast.bob.email]
    assert "Mallory Stone may not see" in told(envelope)[1]["refusal"]


def test_a_head_who_is_missing_is_told(cast: Cast) -> None:
    envelope, notice = with_client(cast), rule(cast, Deed.NOTIFY, whom=Whom.HEAD)

    follow_rule(notice, envelope, at=after(envelope))

    assert "no head" in told(envelope)[0]["refusal"]


def test_a_document_is_handed_over_and_its_deal_moved(cast: Cast) -> None:
    envelope, deal = with_client(cast), deals.deal(cast)
    Envelope.objects.filter(pk=envelope.pk).update(deal=deal)
    won = deals.stage("Won")

    for each in (
        rule(cast, Deed.HAND_OVER, person=cast.olga),
        rule(cast, Deed.MOVE_DEAL, deal_stage=won),
    ):
        follow_rule(each, Envelope.objects.get(pk=envelope.pk), at=after(envelope))

    envelope.refresh_from_db()
    deal.refresh_from_db()
    assert (envelope.responsible, deal.stage) == (cast.olga, won)


@pytest.mark.parametrize("deed", Deed)
def test_no_deed_moves_a_card_so_no_rule_sets_off_another(cast: Cast, deed: Deed) -> None:
    envelope, deal = with_client(cast), deals.deal(cast)
    Envelope.objects.filter(pk=envelope.pk).update(deal=deal)
    more: dict[str, Any] = {"whom": Whom.PERSON} if deed is Deed.NOTIFY else {}
    acting = rule(cast, deed, person=cast.olga, text="Look", deal_stage=deals.stage("Won"), **more)
    rest = [rule(cast, Deed.NOTE, stage=it.usual, text="!") for it in Stage.objects.all()]
    before = Envelope.objects.get(pk=envelope.pk)
    for each in rest:
        follow_rule(each, before, at=after(before))

    follow_rule(acting, before, at=after(before, days=1))

    now = Envelope.objects.get(pk=envelope.pk)
    assert (now.standing, now.stands_since) == (before.standing, before.stands_since)
    due = [
        each.due(at=after(before, days=7)).filter(pk=envelope.pk).exists()
        for each in (acting, *rest)
    ]
    assert due == [False] * 7


@pytest.mark.parametrize(
    "said",
    [
        {"deed": Deed.NOTIFY},
        {"deed": Deed.NOTIFY, "whom": Whom.PERSON},
        {"deed": Deed.HAND_OVER},
        {"deed": Deed.NOTE},
        {"deed": Deed.MOVE_DEAL},
    ],
)
def test_a_rule_says_all_that_it_needs(cast: Cast, said: dict[str, Any]) -> None:
    with pytest.raises(CannotKeepRule):
        rule(cast, **said)


def test_a_rule_that_is_deleted_leaves_what_it_told(cast: Cast) -> None:
    envelope, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")
    follow_rule(note, envelope, at=after(envelope))

    delete_rule(note, by=cast.olga.actor, at=NOON)

    assert (RuleRun.objects.count(), len(told(envelope))) == (0, 1)


def ways(cast: Cast) -> list[Envelope]:
    """Let envelopes go different ways."""
    cancelled, declined = make.sent(cast), make.sent(cast)
    cancel_envelope(cancelled, reason="", by=cast.alice.actor, at=TOMORROW)
    opened = make.session(make.party(declined, name="Erin"))
    decline(opened, reason="No", origin=make.HERE, at=NOON)
    both = make.sent(cast, parties="Erin, Frank > Grace")
    make.act(make.party(both, name="Frank"), at=NOON + timedelta(hours=1))
    return [make.draft(cast), make.sent(cast), make.completed(cast), cancelled, declined, both]


def test_the_past_as_facts_tell_it_ends_where_envelopes_stand(cast: Cast) -> None:
    envelopes = {it.pk: Envelope.objects.get(pk=it.pk) for it in ways(cast)}

    last = {stay.envelope_id: stay for stay in stays(envelopes)}

    for pk, envelope in envelopes.items():
        assert last[pk].standing == envelope.standing
        assert last[pk].since == envelope.stands_since
    assert {it.standing for it in last.values()} > {Standing.DRAFT, Standing.COMPLETED}


def test_a_try_lists_what_a_rule_would_have_done(cast: Cast) -> None:
    there, over = with_client(cast), make.completed(cast)
    note = rule(cast, Deed.NOTE, after_days=5, text="Call them")
    signed = rule(cast, Deed.NOTE, stage="signed", text="Well done")
    until = after(there, days=7)

    stayed = occasions(note, since=YESTERDAY, at=until)
    ended = occasions(signed, since=YESTERDAY, at=until)

    assert [(it.envelope, it.at) for it in stayed] == [(there, after(there, days=5))]
    assert [it.envelope for it in ended] == [over]
    assert RuleRun.objects.count() == 0


def test_a_try_looks_no_further_back_than_asked(cast: Cast) -> None:
    there, note = with_client(cast), rule(cast, Deed.NOTE, text="Call them")
    until = after(there, days=7)

    assert occasions(note, since=after(there, days=1), at=until) == []
    assert len(occasions(note, since=after(there), at=until)) == 1
