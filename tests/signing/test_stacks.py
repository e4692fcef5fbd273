"""A stack: one code signs exactly the documents that an employee chose, each an act of its own."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from paraph.kit import files
from paraph.messaging.models import Message
from paraph.signing import queries, stacks
from paraph.signing.actions import stacking
from paraph.signing.actions.ceremony import save_value
from paraph.signing.actions.following import cancel_envelope
from paraph.signing.actions.stacking import Given
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Act, Code, FieldKind, Party, Stack
from paraph.signing.refusals import (
    CannotSave,
    CannotStack,
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    LinkLocked,
)
from tests import make
from tests.cast import Cast
from tests.make import HERE, TERMS
from tests.moments import NOON

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)


def _waiting(cast: Cast, count: int) -> list[Party]:
    envelopes = [make.sent(cast) for _number in range(count)]
    return [make.party(envelope, name="Erin") for envelope in envelopes]


def _asked(cast: Cast, parties: Sequence[Party]) -> tuple[Stack, str]:
    """Open a stack, have its code sent, and read it."""
    stack = stacking.open_stack(cast.erin, parties=parties, at=NOON)
    stacking.request_stack_code(stack, origin=HERE, at=NOON)
    return stack, _digits(cast)


def _digits(cast: Cast) -> str:
    letter = Message.objects.about("employee", cast.erin.pk).order_by("-id")[0]
    return next(line for line in letter.text.splitlines() if line.isdecimal())


def _sign(stack: Stack, digits: str, *, shown: dict[int, dict[int, str]] | None = None) -> None:
    seen = {it.party.pk: it.shown for it in stacks.waiting_in(stack, at=NOON)} | (shown or {})
    sessions = stacking.enter_stack_code(stack, digits=digits, origin=HERE, at=NOON)
    given = Given(terms=TERMS, shown=seen, picture=files.put(make.png()))
    stacking.sign_each(sessions, given=given, origin=HERE, at=NOON)


def test_one_code_signs_each_of_the_chosen_documents_and_no_other(cast: Cast) -> None:
    first, second, other = _waiting(cast, 3)
    stack, digits = _asked(cast, [first, second])

    _sign(stack, digits)

    acts = Act.objects.order_by("pk")
    assert [act.party_id for act in acts] == [first.pk, second.pk]
    assert all(act.is_sealed and act.terms == TERMS for act in acts)
    assert {act.session.code.stack_id for act in acts if act.session} == {stack.pk}
    other.refresh_from_db()
    assert other.status == PartyStatus.ASKED
    written = [queries.letters_to([it]).filter(noun="employee").count() for it in (first, other)]
    assert written == [1, 0]  # the code, beside what was written to the party itself


def test_a_stacks_code_is_good_once(cast: Cast) -> None:
    stack, digits = _asked(cast, _waiting(cast, 1))
    _sign(stack, digits)

    with pytest.raises(CannotStack):
        stacking.enter_stack_code(stack, digits=digits, origin=HERE, at=NOON)


def test_the_code_of_one_stack_opens_no_other(cast: Cast) -> None:
    first, second = _waiting(cast, 2)
    _one, digits = _asked(cast, [first])
    other = stacking.open_stack(cast.erin, parties=[first, second], at=NOON)
    with pytest.raises(CodeExpired):
        stacking.enter_stack_code(other, digits=digits, origin=HERE, at=NOON)
    stacking.request_stack_code(other, origin=HERE, at=NOON + MINUTE)

    if digits != _digits(cast):
        with pytest.raises(CodeWrong):
            stacking.enter_stack_code(other, digits=digits, origin=HERE, at=NOON + MINUTE)


def test_codes_of_stacks_are_a_minute_apart_whatever_the_stack(cast: Cast) -> None:
    parties = _waiting(cast, 1)
    _asked(cast, parties)
    again = stacking.open_stack(cast.erin, parties=parties, at=NOON)

    with pytest.raises(CodeTooSoon):
        stacking.request_stack_code(again, origin=HERE, at=NOON)


def test_one_refused_document_does_not_stop_the_others(cast: Cast) -> None:
    first, second, third = _waiting(cast, 3)
    stack, digits = _asked(cast, [first, second, third])
    cancel_envelope(first.envelope, reason="", by=cast.alice.actor, at=NOON)

    _sign(stack, digits, shown={second.pk: {0: "what was never there"}})

    refusals = [bool(item.refusal) for item in stacks.items_of(stack)]
    assert refusals == [True, True, False]
    assert [act.party_id for act in Act.objects.all()] == [third.pk]


def test_wrong_tries_count_on_every_document_of_the_stack(cast: Cast) -> None:
    party = _waiting(cast, 1)[0]
    for attempt in range(2):
        at = NOON + attempt * MINUTE
        stack = stacking.open_stack(cast.erin, parties=[party], at=at)
        code = stacking.request_stack_code(stack, origin=HERE, at=at)
        wrong = "000000" if _digits(cast) != "000000" else "111111"
        for _try in range(5):
            with pytest.raises((CodeWrong, LinkLocked)):
                stacking.enter_stack_code(stack, digits=wrong, origin=HERE, at=at)

    assert Code.objects.get(pk=code.pk).wrong_tries == 5
    assert _tries(party) == 10
    with pytest.raises(CodeExpired):
        stacking.enter_stack_code(stack, digits=_digits(cast), origin=HERE, at=at)


def _tries(party: Party) -> int:
    return int(party.links.values_list("wrong_tries", flat=True)[0])


def test_nobody_stacks_what_is_another_persons_to_sign(cast: Cast) -> None:
    parties = _waiting(cast, 1)

    with pytest.raises(CannotStack):
        stacking.open_stack(cast.olga, parties=parties, at=NOON)


def test_a_document_that_wants_a_file_is_signed_on_its_own_page(cast: Cast) -> None:
    [party] = _waiting(cast, 1)
    party.fields.update(kind=FieldKind.FILE)

    [item] = stacks.waiting_for(cast.erin, at=NOON)

    assert not item.can_be_stacked
    assert item.to_type == []
    with pytest.raises(CannotSave):
        save_value(make.session(party), field=item.fields[0], value="extract.pdf", at=NOON)


def _wanting(party: Party, proof: str) -> Party:
    Party.objects.filter(pk=party.pk).update(code_channel=proof, phone="+33612345678")
    party.refresh_from_db()
    return party


@pytest.mark.parametrize("proof", ["sms", "access"])
def test_a_code_by_mail_signs_nothing_where_the_sender_wants_another_proof(
    cast: Cast, proof: str
) -> None:
    plain, strict = _waiting(cast, 2)
    stack, digits = _asked(cast, [plain, strict])
    _wanting(strict, proof)  # the sender changed it after the stack was opened

    _sign(stack, digits)

    assert [act.party_id for act in Act.objects.all()] == [plain.pk]
    assert [bool(item.refusal) for item in stacks.items_of(stack)] == [False, True]
    with pytest.raises(CannotStack, match="own message"):
        stacking.open_stack(cast.erin, parties=[strict], at=NOON)


def test_what_was_proven_and_never_signed_can_be_chosen_again(cast: Cast) -> None:
    [party] = _waiting(cast, 1)
    stack, digits = _asked(cast, [party])
    stacking.enter_stack_code(stack, digits=digits, origin=HERE, at=NOON)  # and then it died

    [item] = stacks.items_of(stack)

    assert not stacks.interrupted(item, at=NOON + MINUTE)
    assert stacks.interrupted(item, at=NOON + 2 * MINUTE)
    assert [it.party.pk for it in stacks.waiting_for(cast.erin, at=NOON)] == [party.pk]
