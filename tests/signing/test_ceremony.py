"""Filling, signing and declining: what a party is shown is what is signed, once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph import journal
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.signing import codes, queries, rules
from paraph.signing.actions.ceremony import decline, press_sign, save_value
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Act, Envelope, Field, FieldKind
from paraph.signing.refusals import (
    CannotDecline,
    CannotSave,
    CannotSign,
    NotYourTurn,
    SessionExpired,
    ShownHasChanged,
)
from tests import make
from tests.cast import Cast
from tests.make import HERE, TERMS
from tests.moments import NOON

pytestmark = pytest.mark.slow


def test_signing_passes_the_turn_on_and_closes_at_the_end(cast: Cast) -> None:
    envelope = make.sent(cast)

    make.act(make.party(envelope, name="Erin"))
    asked = make.party(envelope, name="Frank").status
    make.act(make.party(envelope, name="Frank"))

    assert asked == PartyStatus.ASKED
    assert Envelope.objects.get().status == Status.COMPLETED
    assert [act.is_sealed for act in Act.objects.all()] == [True, True]


def test_the_act_says_what_was_seen_accepted_and_from_where(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    shown = queries.desk_of(erin, at=NOON).shown

    act = make.act(erin)

    act.refresh_from_db()
    assert {entry["document"]: entry["shown"] for entry in act.documents} == shown
    assert (act.terms, act.ip, act.user_agent) == (TERMS, "192.0.2.7", "Firefox")
    intended = Fact.objects.get(event="signing.intended").facts
    assert intended["code_id"] == act.session.code_id if act.session else False


def test_pressing_sign_again_returns_the_same_act(cast: Cast) -> None:
    session = make.session(make.party(make.sent(cast), name="Erin"))
    shown = make.filled(session)

    acts = [
        press_sign(session, terms=TERMS, shown=shown, origin=HERE, at=NOON) for _twice in range(2)
    ]

    assert acts[0].pk == acts[1].pk
    assert Fact.objects.filter(event="party.signed").count() == 1


def test_what_is_missing_is_said_before_signing(cast: Cast) -> None:
    session = make.session(make.party(make.sent(cast), name="Erin"))
    shown = queries.desk_of(session.link.party, at=NOON).shown

    with pytest.raises(CannotSign) as refused:
        press_sign(session, terms=" ", shown=shown, origin=HERE, at=NOON)

    assert refused.value.reasons == [
        "Fill in “Signature” on page 1.",
        "Accept the terms first.",
    ]


def test_a_document_that_changed_since_it_was_shown_is_shown_again(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Frank")
    frank = make.session(make.party(envelope, name="Frank"))
    seen_before = make.filled(frank)
    make.act(make.party(envelope, name="Erin"))

    with pytest.raises(ShownHasChanged):
        press_sign(frank, terms=TERMS, shown=seen_before, origin=HERE, at=NOON)
    seen_now = queries.desk_of(frank.link.party, at=NOON).shown
    press_sign(frank, terms=TERMS, shown=seen_now, origin=HERE, at=NOON)

    assert Envelope.objects.get().status == Status.COMPLETED


@pytest.mark.parametrize("shown", [{}, {1: "0" * 64}])
def test_nobody_signs_what_they_were_not_shown(cast: Cast, shown: dict[int, str]) -> None:
    session = make.session(make.party(make.sent(cast), name="Erin"))
    make.filled(session)

    with pytest.raises(ShownHasChanged):
        press_sign(session, terms=TERMS, shown=shown, origin=HERE, at=NOON)


def test_signing_needs_a_session_that_still_stands(cast: Cast) -> None:
    session = make.session(make.party(make.sent(cast), name="Erin"))
    shown = make.filled(session)

    with pytest.raises(SessionExpired):
        press_sign(session, terms=TERMS, shown=shown, origin=HERE, at=NOON + timedelta(hours=1))

    assert not Act.objects.exists()


def test_typed_values_outlive_the_session(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    make.filled(make.session(erin))

    later = make.session(erin, at=NOON + timedelta(days=1))

    assert queries.desk_of(later.link.party, at=NOON).missing == []


def test_nobody_writes_into_anothers_field(cast: Cast) -> None:
    envelope = make.sent(cast)
    session = make.session(make.party(envelope, name="Erin"))
    franks = Field.objects.get(party__name__startswith="Frank")

    with pytest.raises(CannotSave):
        save_value(session, field=franks, picture=files.put(make.png()), at=NOON)


def test_after_signing_nothing_can_be_written(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    act = make.act(erin)
    assert act.session

    with pytest.raises(NotYourTurn):
        save_value(act.session, field=erin.fields.get(), picture="", at=NOON)


def test_declining_ends_the_envelope_and_tells_the_sender(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Frank")
    frank = make.party(envelope, name="Frank")

    decline(make.session(frank), reason="The price is wrong", origin=HERE, at=NOON)

    assert Envelope.objects.get().status == Status.DECLINED
    told = Message.objects.filter(kind__startswith="envelope_declined")
    assert {letter.recipient for letter in told} == {"alice@example.org", "erin@example.org"}
    assert "The price is wrong" in told.get(recipient="alice@example.org").text
    assert "The price is wrong" not in told.get(recipient="erin@example.org").text


def test_declining_takes_a_reason(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")

    with pytest.raises(CannotDecline):
        decline(make.session(erin), reason="  ", origin=HERE, at=NOON)


def test_a_session_that_is_over_declines_nothing(cast: Cast) -> None:
    session = make.session(make.party(make.sent(cast), name="Erin"))

    with pytest.raises(SessionExpired):
        decline(session, reason="Late", origin=HERE, at=NOON + codes.SESSION_IDLE)

    assert Envelope.objects.get().status == Status.SENT


def test_who_has_signed_can_not_decline(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    session = make.act(erin).session
    assert session

    with pytest.raises(NotYourTurn):
        decline(session, reason="Second thoughts", origin=HERE, at=NOON)


def test_everybody_gets_a_link_of_their_own_to_the_file(cast: Cast) -> None:
    envelope = make.completed(cast)

    letters = Message.objects.filter(kind="envelope_completed")
    tokens = {make.token(party, kind="envelope_completed") for party in envelope.parties.all()}
    assert {letter.recipient for letter in letters} == {"erin@example.org", "+33612345601"}
    assert len(tokens) == 2
    assert Message.objects.filter(kind="envelope_completed_responsible").count() == 1
    facts = [fact.event for fact in journal.timeline(subject="envelope", object_id=envelope.pk)]
    assert facts.count("file.shared") == 2


NUMBERS = st.from_regex(r"[+-]?[0-9]{1,15}([.,][0-9]{1,6})?", fullmatch=True)


@given(st.dates(date(1900, 1, 1)), NUMBERS)
def test_dates_and_numbers_are_taken_as_they_are_written(day: date, number: str) -> None:
    assert rules.obstacle_to_value(Field(kind=FieldKind.DATE), day.isoformat()) == ""
    assert rules.obstacle_to_value(Field(kind=FieldKind.NUMBER), number) == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.DATE, "31.12.2026"),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.NUMBER, "twelve"),
        (FieldKind.CHECKBOX, "yes"),
        (FieldKind.TEXT, "x" * 501),
        (FieldKind.TEXT, "a\x00b"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(kind: FieldKind, value: str) -> None:
    assert rules.obstacle_to_value(Field(kind=kind), value)
