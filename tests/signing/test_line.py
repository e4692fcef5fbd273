"""Who acts when: parallel groups, any one of, approvers, copies, and how it ends in the file."""

from datetime import timedelta

import pytest

from paraph.messaging.models import Message
from paraph.signing.access import open_link
from paraph.signing.actions.approving import approve
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelope
from paraph.signing.refusals import CannotSign, LinkExpired
from tests import make
from tests.cast import Cast
from tests.invariants import check_invariants
from tests.make import HERE, TERMS
from tests.moments import NOON

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(minutes=5)


def statuses(envelope: Envelope) -> dict[str, str]:
    return {party.name.split()[0]: party.status for party in envelope.parties.all()}


@pytest.mark.slow
def test_any_one_of_two_directors_is_enough_and_the_other_is_told(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin, Olga > Frank", needed={1: 1})
    olga = make.party(envelope, name="Olga")
    token = make.token(olga)

    make.act(make.party(envelope, name="Erin"))

    assert statuses(envelope) == {"Erin": "signed", "Olga": "released", "Frank": "asked"}
    assert make.newest_letter(olga).kind == "party_released"
    with pytest.raises(LinkExpired, match="not needed any more"):
        open_link(token, at=NOON)
    make.act(make.party(envelope, name="Frank"), at=LATER)
    envelope.refresh_from_db()
    assert envelope.status == Status.COMPLETED
    check_invariants()


@pytest.mark.slow
def test_two_in_parallel_sign_in_any_order_then_the_third(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank, Grace > Erin")

    make.act(make.party(envelope, name="Grace"))
    make.act(make.party(envelope, name="Frank"), at=LATER)

    assert statuses(envelope) == {"Frank": "signed", "Grace": "signed", "Erin": "asked"}
    make.act(make.party(envelope, name="Erin"), at=LATER + timedelta(minutes=1))
    envelope.refresh_from_db()
    assert envelope.status == Status.COMPLETED
    check_invariants()


@pytest.mark.slow
def test_an_approval_opens_the_way_and_a_copy_is_sent_at_the_end(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Olga? > Erin > Frank > Grace+")
    olga = make.party(envelope, name="Olga")
    assert Message.objects.about("party", olga.pk).get().kind == "approval_requested"

    make.approval(olga)
    make.act(make.party(envelope, name="Erin"), at=LATER)
    make.act(make.party(envelope, name="Frank"), at=LATER + timedelta(minutes=1))

    envelope.refresh_from_db()
    assert envelope.status == Status.COMPLETED
    assert make.party(envelope, name="Olga").status == PartyStatus.APPROVED
    assert make.newest_letter(make.party(envelope, name="Grace")).kind == "envelope_completed"
    check_invariants()


def test_a_signer_cannot_approve_and_an_approver_cannot_sign(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Olga? > Erin > Frank")
    session = make.session(make.party(envelope, name="Olga"))
    with pytest.raises(CannotSign, match="to approve"):
        make.press(session)

    make.approval(make.party(envelope, name="Olga"), at=LATER)
    erin = make.session(make.party(envelope, name="Erin"))
    with pytest.raises(CannotSign, match="not to approve"):
        approve(erin, terms=TERMS, shown={}, origin=HERE, at=NOON)


def test_a_group_waits_for_as_many_as_it_needs(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Olga?, Alice?, Bob? > Erin > Frank", needed={1: 2})

    make.approval(make.party(envelope, name="Alice"))
    assert make.party(envelope, name="Erin").status == PartyStatus.WAITING
    make.approval(make.party(envelope, name="Bob"))

    assert statuses(envelope)["Olga"] == "released"
    assert make.party(envelope, name="Erin").status == PartyStatus.ASKED
