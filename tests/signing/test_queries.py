"""What people see: lists within their reach, read in as many queries for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paraph.people.access import Right
from paraph.signing import queries
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


def test_everybody_sees_what_is_within_their_reach(cast: Cast) -> None:
    draft, sent = make.draft(cast), make.sent(cast)

    assert set(queries.envelopes_for(cast.alice)) == {draft, sent}
    assert set(queries.envelopes_for(cast.bob)) == {draft, sent}
    assert set(queries.envelopes_for(cast.erin)) == {sent}
    assert set(queries.envelopes_for(cast.mallory)) == set()


def test_to_see_an_envelope_is_not_to_steer_it(cast: Cast) -> None:
    envelope = make.sent(cast)

    reached = {
        person.first_name
        for person in (cast.olga, cast.alice, cast.bob, cast.erin, cast.mallory)
        if Envelope.objects.visible_to(person, Right.SEND).filter(pk=envelope.pk).exists()
    }

    assert reached == {"Olga", "Alice"}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_queries_however_long(cast: Cast, rows: int) -> None:
    for _row in range(rows):
        make.draft(cast)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        for envelope in queries.envelopes_for(cast.alice):
            str([envelope.responsible.name, envelope.company, *envelope.documents.all()])
            str([(party.name, party.company) for party in envelope.parties.all()])

    assert len(captured) == 5


@pytest.mark.parametrize("rows", [1, 3])
def test_a_desk_takes_the_same_queries_however_many_documents(cast: Cast, rows: int) -> None:
    documents = [make.document(cast.alice, title=f"Part {row}") for row in range(rows)]
    envelope = make.draft(cast, documents=documents)
    party = make.party(envelope, name="Erin")

    with CaptureQueriesContext(connection) as captured:
        desk = queries.desk_of(party, at=NOON)

    assert [item.document.title for item in desk.documents] == [d.title for d in documents]
    assert len(captured) == 3


def test_the_desk_keeps_mine_and_others_apart(cast: Cast) -> None:
    erin = make.party(make.sent(cast), name="Erin")

    desk = queries.desk_of(erin, at=NOON)

    assert [place.party.name for place in desk.fields] == ["Erin Lindqvist"]
    assert [place.party.name for place in desk.documents[0].others] == ["Frank Kowalski"]
    assert desk.is_my_turn and desk.missing == desk.fields


def test_our_signer_sees_what_waits_for_them(cast: Cast) -> None:
    make.sent(cast, parties="Frank > Erin")
    mine = make.sent(cast, parties="Erin > Frank")

    waiting = queries.waiting_for(cast.erin)

    assert [party.envelope for party in waiting] == [mine]


def test_who_may_sign_is_offered_director_first(cast: Cast) -> None:
    assert queries.possible_signers(cast.company) == [cast.erin, cast.olga]
