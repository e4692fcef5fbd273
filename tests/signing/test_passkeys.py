"""A passkey of an employee's account stands for a code that is sent, and for nothing else."""

import json
from datetime import timedelta

import pytest

from paraph.kit import files
from paraph.signing import stacks
from paraph.signing.access import open_session
from paraph.signing.actions import stacking
from paraph.signing.actions.ceremony import press_sign
from paraph.signing.actions.proving import ask_for_passkey, enter_code
from paraph.signing.actions.stacking import Given
from paraph.signing.certificate.entries import proof_of
from paraph.signing.models import Act, Link, Party, Proof
from paraph.signing.passkeys import options_of
from paraph.signing.refusals import CannotProve, CodeExpired, CodeWrong
from tests import make
from tests.cast import Cast
from tests.fakes.passkeys import FakePasskey
from tests.make import HERE, TERMS
from tests.moments import NOON

pytestmark = pytest.mark.slow


def _link(cast: Cast) -> Link:
    return make.link(make.party(make.sent(cast), name="Erin"))


def _answer(cast: Cast, passkey: FakePasskey, link: Link, *, origin: str = "") -> str:
    code = ask_for_passkey(link, origin=HERE, at=NOON)
    return passkey.answer(options_of(code, person=cast.erin), origin=origin)


def test_a_passkey_opens_the_document_and_the_evidence_says_so(cast: Cast) -> None:
    passkey, link = FakePasskey(cast.erin), _link(cast)

    answer = _answer(cast, passkey, link)
    key = enter_code(link, digits=answer, proof="passkey", origin=HERE, at=NOON)

    opened = open_session(link, key=key, at=NOON)
    act = press_sign(opened, terms=TERMS, shown=make.filled(opened), origin=HERE, at=NOON)
    assert opened.code.method == Proof.PASSKEY
    assert proof_of(act) == "Passkey of the account"


def test_an_answer_opens_one_document_once(cast: Cast) -> None:
    passkey, first, second = FakePasskey(cast.erin), _link(cast), _link(cast)
    answer = _answer(cast, passkey, first)
    _answer(cast, passkey, second)

    with pytest.raises(CodeWrong):
        enter_code(second, digits=answer, proof="passkey", origin=HERE, at=NOON)
    enter_code(first, digits=answer, proof="passkey", origin=HERE, at=NOON)
    with pytest.raises(CodeExpired):
        enter_code(first, digits=answer, proof="passkey", origin=HERE, at=NOON)


def test_a_question_is_good_for_ten_minutes(cast: Cast) -> None:
    link = _link(cast)
    answer = _answer(cast, FakePasskey(cast.erin), link)

    with pytest.raises(CodeExpired):
        later = NOON + timedelta(minutes=10)
        enter_code(link, digits=answer, proof="passkey", origin=HERE, at=later)


@pytest.mark.parametrize("wrong", ["elsewhere", "only touched", "another's", "nonsense"])
def test_what_is_not_the_persons_own_answer_here_proves_nobody(cast: Cast, wrong: str) -> None:
    link = _link(cast)
    passkey = FakePasskey(cast.erin, is_verified=wrong != "only touched")
    answer = _answer(
        cast, passkey, link, origin="https://elsewhere.example" if wrong == "elsewhere" else ""
    )
    if wrong == "another's":
        other = FakePasskey(cast.olga)
        passkey.key = other.key
        answer = _answer(cast, passkey, link)

    with pytest.raises(CodeWrong):
        digits = json.dumps([wrong]) if wrong == "nonsense" else answer
        enter_code(link, digits=digits, proof="passkey", origin=HERE, at=NOON)


def test_a_client_has_no_passkey_here(cast: Cast) -> None:
    FakePasskey(cast.erin)
    link = make.link(make.party(make.sent(cast, parties="Frank > Erin"), name="Frank"))

    with pytest.raises(CannotProve):
        ask_for_passkey(link, origin=HERE, at=NOON)


def test_a_passkey_signs_a_stack_where_the_sender_wants_a_code_by_sms(cast: Cast) -> None:
    passkey = FakePasskey(cast.erin)
    parties = [make.party(make.sent(cast), name="Erin") for _number in range(2)]
    Party.objects.filter(pk=parties[0].pk).update(code_channel=Proof.SMS, phone="+33612345678")
    parties[0].refresh_from_db()
    stack = stacking.open_stack(cast.erin, parties=parties, at=NOON)

    code = stacking.ask_for_stack_passkey(stack, at=NOON)
    answer = passkey.answer(options_of(code, person=cast.erin))
    seen = {it.party.pk: it.shown for it in stacks.waiting_in(stack, at=NOON)}
    sessions = stacking.enter_stack_code(
        stack, digits=answer, proof="passkey", origin=HERE, at=NOON
    )
    given = Given(terms=TERMS, shown=seen, picture=files.put(make.png()))
    stacking.sign_each(sessions, given=given, origin=HERE, at=NOON)

    assert Act.objects.filter(party__in=parties).count() == 2
