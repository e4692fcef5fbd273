"""What changes while it travels: who acts, how they are reached, and starting over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from paraph.kit.faults import FaultInjected
from paraph.messaging.models import Message
from paraph.signing.access import open_link
from paraph.signing.actions import asking, correcting, replacing
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.seating import add_party, remove_party
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import PartyChoice, Reach, Successor
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Act, Envelope, Field, Party, Proof
from paraph.signing.refusals import (
    CannotAsk,
    CannotCancel,
    CannotCorrect,
    CannotReplace,
    CannotSign,
    LinkExpired,
)
from tests import make
from tests.cast import Cast
from tests.invariants import check_invariants
from tests.make import HERE
from tests.moments import NOON

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(minutes=5)
NADIA = Successor(
    name="Nadia Petit", email="nadia@example.org", phone="+33612345678", language="fr"
)


def kinds(party: Party) -> list[str]:
    return list(
        Message.objects.about("party", party.pk).order_by("id").values_list("kind", flat=True)
    )


@pytest.mark.slow
def test_who_replaces_somebody_gets_their_places_and_signs(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    frank = make.party(envelope, name="Frank")
    token = make.token(frank)

    nadia = replacing.replace_party(
        frank, successor=NADIA, reason="On leave", by=cast.alice.actor, at=NOON
    )

    frank.refresh_from_db()
    assert (frank.status, nadia.key) == (PartyStatus.REPLACED, frank.key)
    assert Field.objects.get(party=nadia).slot == "p1f1"
    assert kinds(frank)[-1] == "party_replaced"
    with pytest.raises(LinkExpired, match="instead of you"):
        open_link(token, at=NOON)
    make.act(make.party(envelope, name="Nadia"))
    make.act(make.party(envelope, name="Erin"), at=LATER)
    assert Envelope.objects.get(pk=envelope.pk).status == Status.COMPLETED
    check_invariants()


def test_a_director_is_replaced_by_somebody_who_may_sign_alone(cast: Cast) -> None:
    envelope = make.sent(cast)
    erin = make.party(envelope, name="Erin")

    for wrong in (Successor(employee=cast.alice), NADIA, Successor(employee=cast.erin)):
        with pytest.raises(CannotReplace):
            replacing.replace_party(erin, successor=wrong, reason="", by=cast.alice.actor, at=NOON)
    olga = replacing.replace_party(
        erin, successor=Successor(employee=cast.olga), reason="", by=cast.alice.actor, at=NOON
    )

    assert (olga.status, olga.email) == (PartyStatus.ASKED, cast.olga.email)


def test_who_takes_over_proves_themselves_as_the_sender_chose(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin", may_hand_over=True)
    session = make.session(make.party(envelope, name="Frank"))

    with pytest.raises(CannotReplace, match="phone number"):
        by_mail = replace(NADIA, phone="")
        replacing.hand_over(session, successor=by_mail, reason="", origin=HERE, at=NOON)
    nadia = replacing.hand_over(session, successor=NADIA, reason="", origin=HERE, at=NOON)

    assert (nadia.link_channel, nadia.code_channel) == ("email", "sms")


def test_a_place_with_agreed_words_is_not_handed_over(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin", may_hand_over=True)
    frank = make.party(envelope, name="Frank")
    session = make.session(frank)
    Party.objects.filter(pk=frank.pk).update(code_channel=Proof.ACCESS)

    with pytest.raises(CannotReplace, match="with you alone"):
        replacing.hand_over(session, successor=NADIA, reason="", origin=HERE, at=NOON)


def test_a_signer_hands_over_only_where_the_sender_allows_it(cast: Cast) -> None:
    strict = make.session(make.party(make.sent(cast, parties="Frank > Erin"), name="Frank"))
    with pytest.raises(CannotReplace, match="yourself"):
        replacing.hand_over(strict, successor=NADIA, reason="", origin=HERE, at=NOON)

    envelope = make.sent(cast, parties="Frank > Erin", may_hand_over=True)
    session = make.session(make.party(envelope, name="Frank"))
    nadia = replacing.hand_over(session, successor=NADIA, reason="", origin=HERE, at=NOON)

    assert (nadia.status, nadia.language) == (PartyStatus.ASKED, "fr")
    told = Message.objects.about("envelope", envelope.pk).filter(kind="party_handed_over")
    assert told.get().recipient == cast.alice.email
    check_invariants()


def test_a_corrected_address_gets_a_new_link_and_the_old_one_closes(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    frank = make.party(envelope, name="Frank")
    token, by = make.token(frank), cast.alice.actor
    reach = Reach(email="f.kowalski@example.org", link_channel="email", code_channel="email")

    correcting.correct_party(frank, reach=reach, by=by, at=NOON)

    assert make.newest_letter(frank).recipient == "f.kowalski@example.org"
    with pytest.raises(LinkExpired, match="newest"):
        open_link(token, at=NOON)
    with pytest.raises(CannotCorrect, match="account"):
        erin = make.party(envelope, name="Erin")
        correcting.correct_party(erin, reach=Reach(email="x@example.org"), by=by, at=NOON)
    with pytest.raises(CannotCorrect, match="not an e-mail"):
        correcting.correct_party(frank, reach=Reach(email="nobody"), by=by, at=NOON)


def test_what_is_sent_again_withdraws_what_was_signed(cast: Cast) -> None:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    envelope.refresh_from_db()

    draft = correcting.correct_envelope(
        envelope, reason="Wrong price", responsible=cast.alice, by=cast.alice.actor, at=LATER
    )

    envelope.refresh_from_db()
    assert (envelope.status, draft.status) == (Status.CANCELLED, Status.DRAFT)
    assert draft.corrects == envelope
    assert Field.objects.filter(party__envelope=draft).count() == 2
    assert kinds(make.party(envelope, name="Erin"))[-1] == "envelope_corrected"
    check_invariants()


def test_an_intent_that_cannot_be_sealed_is_withdrawn_and_signed_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = make.sent(cast)
    erin = make.party(envelope, name="Erin")
    session = make.session(erin)
    make.filled(session)
    monkeypatch.setenv("PARAPH_FAULT", "after-intent:raise")
    with pytest.raises(FaultInjected):
        make.press(session)
    monkeypatch.delenv("PARAPH_FAULT")
    envelope = Envelope.objects.get(pk=envelope.pk)
    with pytest.raises(CannotCancel):
        correcting.correct_envelope(
            envelope, reason="", responsible=cast.alice, by=cast.alice.actor, at=LATER
        )

    correcting.withdraw_intent(make.party(envelope, name="Erin"), by=cast.alice.actor, at=LATER)

    assert make.party(envelope, name="Erin").status == PartyStatus.PROVEN
    assert kinds(erin)[-1] == "sign_again"
    make.act(make.party(envelope, name="Erin"), at=LATER)
    assert [act.is_sealed for act in Act.objects.order_by("id")] == [False, True]
    check_invariants()


def test_a_question_is_asked_once_and_answered_once(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    frank = make.party(envelope, name="Frank")
    session = make.session(frank)

    asked = [asking.ask_question(session, text="Which price?", at=NOON) for _ in range(2)]
    asking.answer_question(asked[0], text="The one of May.", by=cast.alice, at=NOON)

    assert asked[0] == asked[1]
    assert kinds(frank)[-1] == "question_answered"
    with pytest.raises(CannotAsk):
        asking.answer_question(asked[0], text="Again", by=cast.alice, at=NOON)


@pytest.mark.slow
def test_a_signer_says_who_signs_next(cast: Cast) -> None:
    envelope = make.draft(cast)
    by = cast.alice.actor
    seat = add_party(envelope, choice=PartyChoice(), by=by, at=NOON)
    replace_fields(envelope, placements=make._signature_fields(envelope))
    send_envelope(envelope, by=by, at=NOON)
    make.act(make.party(envelope, name="Erin"))
    session = make.session(make.party(envelope, name="Frank"))
    make.filled(session)

    with pytest.raises(CannotSign, match="who signs next"):
        make.press(session)
    replacing.nominate(session, party=seat, successor=NADIA, origin=HERE, at=NOON)
    make.press(session)

    nadia = make.party(envelope, name="Nadia")
    assert (nadia.pk, nadia.status, nadia.email) == (seat.pk, PartyStatus.ASKED, NADIA.email)
    make.act(nadia)
    assert Envelope.objects.get(pk=envelope.pk).status == Status.COMPLETED
    check_invariants()


def test_nobody_names_the_next_when_the_open_place_goes(cast: Cast) -> None:
    envelope = make.draft(cast)
    by = cast.alice.actor
    seat = add_party(envelope, choice=PartyChoice(), by=by, at=NOON)
    assert make.party(envelope, name="Frank").names_next

    remove_party(seat, by=by, at=NOON)

    assert not make.party(envelope, name="Frank").names_next
