"""Open places: whoever acts right before one says who takes it, whatever is moved meanwhile."""

from dataclasses import replace

import pytest

from paraph.signing.actions import replacing
from paraph.signing.actions.arranging import arrange
from paraph.signing.actions.drafting import choose_parties
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.seating import add_party, change_party, order_parties, remove_party
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import PartyChoice, Reach, Successor
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Envelope, Party, PartyRole
from paraph.signing.queries import obstacles_to_sending, parties_of
from paraph.signing.refusals import CannotChoose
from paraph.signing.seating import choice_of
from tests import make
from tests.cast import Cast
from tests.make import HERE
from tests.moments import NOON

pytestmark = pytest.mark.slow

NADIA = Successor(name="Nadia Petit", email="nadia@example.org", phone="+33612345678")
EMAIL = Reach(link_channel="email", code_channel="email")


def with_open_place(cast: Cast) -> tuple[Envelope, Party]:
    """Begin a draft where Erin signs, then Frank, who says who comes next."""
    envelope = make.draft(cast)
    choice = PartyChoice()
    return envelope, add_party(envelope, choice=choice, by=cast.alice.actor, at=NOON)


def with_grace(cast: Cast, envelope: Envelope) -> Party:
    choice = PartyChoice(contact=cast.grace)
    return add_party(envelope, choice=choice, by=cast.alice.actor, at=NOON)


def order(envelope: Envelope, *groups: list[Party]) -> None:
    order_parties(envelope, groups=[[party.pk for party in group] for group in groups])


def namers(envelope: Envelope) -> list[str]:
    return sorted(party.name.split()[0] for party in parties_of(envelope) if party.names_next)


def make_copy(party: Party, cast: Cast) -> None:
    change_party(party, role=PartyRole.COPY, reach=EMAIL, by=cast.alice.actor, at=NOON)


def test_who_only_gets_a_copy_names_nobody(cast: Cast) -> None:
    envelope, _place = with_open_place(cast)

    make_copy(make.party(envelope, name="Frank"), cast)

    assert namers(envelope) == ["Erin"]
    with pytest.raises(CannotChoose, match="Before an open place"):
        make_copy(make.party(envelope, name="Erin"), cast)


def test_an_open_place_after_a_copy_alone_is_not_sent(cast: Cast) -> None:
    envelope, _place = with_open_place(cast)

    envelope.parties.exclude(name="").filter(names_next=True).update(role=PartyRole.COPY)

    told = obstacles_to_sending(envelope, at=NOON)
    assert any("Nobody says who takes the open place" in reason for reason in told)
    assert "Choose the client." not in told


def test_who_takes_a_place_in_between_names_from_then_on(cast: Cast) -> None:
    envelope, place = with_open_place(cast)
    erin, frank = (make.party(envelope, name=name) for name in ("Erin", "Frank"))
    grace = with_grace(cast, envelope)

    order(envelope, [erin], [frank], [grace], [place])
    assert namers(envelope) == ["Grace"]
    order(envelope, [erin], [frank, grace], [place])
    assert namers(envelope) == ["Frank", "Grace"]
    remove_party(frank, by=cast.alice.actor, at=NOON)
    assert namers(envelope) == ["Grace"]
    with pytest.raises(CannotChoose, match="Before an open place"):
        order(envelope, [place], [erin], [grace])


def test_whoever_of_several_is_enough_says_who_comes_next(cast: Cast) -> None:
    envelope, place = with_open_place(cast)
    erin, frank = (make.party(envelope, name=name) for name in ("Erin", "Frank"))
    order(envelope, [erin], [frank, with_grace(cast, envelope)], [place])
    arrange(envelope, needed={2: 1}, may_hand_over=False)
    replace_fields(envelope, placements=make._signature_fields(envelope))
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    make.act(make.party(envelope, name="Erin"))

    session = make.session(make.party(envelope, name="Grace"))
    make.filled(session)
    replacing.nominate(session, party=place, successor=NADIA, origin=HERE, at=NOON)
    make.press(session)

    assert make.party(envelope, name="Frank").status == PartyStatus.RELEASED
    assert make.party(envelope, name="Nadia").status == PartyStatus.ASKED


def test_nobody_names_a_place_for_which_the_sender_chose(cast: Cast) -> None:
    envelope, _place = with_open_place(cast)
    *others, last = [choice_of(party) for party in parties_of(envelope)]

    chosen = [*others, replace(last, contact=cast.grace)]
    choose_parties(envelope, company=cast.company, parties=chosen, by=cast.alice.actor, at=NOON)

    assert namers(envelope) == []
