"""Many who press at the same moment: one act, one code, and no try uncounted."""

import pytest

from paraph.documents.models import Document
from paraph.kit.errors import Refused
from paraph.signing.actions.ceremony import press_sign
from paraph.signing.actions.drafting import create_draft
from paraph.signing.actions.proving import enter_code, request_code
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Act, Code, Envelope, Link, SigningSession
from paraph.signing.queries import documents_of, newest_revision
from tests import make
from tests.cast import gather
from tests.invariants import check_invariants
from tests.make import HERE, TERMS
from tests.moments import NOON
from tests.parallel import at_once
from tests.parallel import file_database as file_database

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("file_database")]


def test_fifty_presses_of_sign_make_one_act() -> None:
    erin = make.party(make.sent(gather()), name="Erin")
    session = make.session(erin)
    shown = make.filled(session)

    def press(_number: int) -> Act:
        mine = SigningSession.objects.select_related("link__party__envelope").get(pk=session.pk)
        return press_sign(mine, terms=TERMS, shown=shown, origin=HERE, at=NOON)

    acts = at_once(press, times=50)

    assert {act.pk for act in acts if isinstance(act, Act)} == {Act.objects.get().pk}
    assert [act for act in acts if not isinstance(act, Act)] == []
    assert make.party(erin.envelope, name="Erin").status == PartyStatus.SIGNED
    check_invariants()


def test_one_of_two_clients_in_parallel_signs_after_the_other() -> None:
    envelope = make.sent(gather(), parties="Erin, Frank")
    sessions = [make.session(make.party(envelope, name=name)) for name in ("Erin", "Frank")]
    shown = [make.filled(session) for session in sessions]

    def press(number: int) -> Act:
        mine = sessions[number]
        return press_sign(mine, terms=TERMS, shown=shown[number], origin=HERE, at=NOON)

    acts = at_once(press, times=2)

    assert len([act for act in acts if isinstance(act, Act)]) == 1
    assert [type(act).__name__ for act in acts if isinstance(act, Exception)] == [
        "ShownHasChanged"
    ]
    check_invariants()


def test_two_drafts_begun_at_once_do_not_share_a_document() -> None:
    cast = gather()
    document = make.document(cast.alice)

    def begin(_number: int) -> Envelope:
        mine, by = Document.objects.get(pk=document.pk), cast.alice.actor
        return create_draft("Lease", responsible=cast.alice, documents=[mine], by=by, at=NOON)

    begun = at_once(begin, times=6)

    enclosed = [documents_of(it)[0] for it in begun if isinstance(it, Envelope)]
    assert len({it.pk for it in enclosed}) == len(begun) == 6
    assert document in enclosed
    assert {newest_revision(it).sha256 for it in enclosed} == {newest_revision(document).sha256}


def test_guesses_from_everywhere_are_counted_together() -> None:
    erin = make.party(make.sent(gather()), name="Erin")
    link = make.link(erin)
    request_code(link, origin=HERE, at=NOON)
    right = make.digits(erin)
    guesses = [f"{(int(right) + step) % 10**6:06d}" for step in range(1, 21)]

    def guess(number: int) -> str:
        mine = make.link(erin)
        return enter_code(mine, digits=guesses[number], origin=HERE, at=NOON)

    answers = at_once(guess, times=20)

    assert all(isinstance(answer, Refused) for answer in answers)
    assert Code.objects.get().wrong_tries == Link.objects.get(pk=link.pk).wrong_tries == 5


def test_one_right_code_opens_one_session() -> None:
    erin = make.party(make.sent(gather()), name="Erin")
    request_code(make.link(erin), origin=HERE, at=NOON)
    right = make.digits(erin)

    answers = at_once(
        lambda _number: enter_code(make.link(erin), digits=right, origin=HERE, at=NOON), times=10
    )

    assert len([answer for answer in answers if isinstance(answer, str)]) == 1
    assert SigningSession.objects.count() == 1


def test_one_of_ten_requests_sends_a_code() -> None:
    erin = make.party(make.sent(gather()), name="Erin")

    at_once(lambda _number: request_code(make.link(erin), origin=HERE, at=NOON), times=10)

    assert Code.objects.count() == 1
