"""Preparing: documents, parties, fields and words, each kept as it is chosen."""

from dataclasses import replace
from typing import Any

import pytest

from paraph.journal.models import Fact
from paraph.signing import queries
from paraph.signing.actions.drafting import (
    choose_documents,
    choose_parties,
    create_draft,
    delete_draft,
    describe,
    use_as_new,
)
from paraph.signing.actions.fields import replace_fields
from paraph.signing.choices import Description, Placement, two_parties
from paraph.signing.models import Envelope, Field, FieldKind
from paraph.signing.refusals import CannotChoose, CannotPlace, NotADraft
from tests import make
from tests.cast import Cast
from tests.moments import NOON, TOMORROW

pytestmark = pytest.mark.slow


def placement(envelope: Envelope, **changes: Any) -> Placement:
    """A text field of the first party on the first page."""
    usual = Placement(
        party_id=queries.parties_of(envelope)[0].pk,
        document_id=queries.documents_of(envelope)[0].pk,
        kind=FieldKind.TEXT,
        page=1,
        x=100,
        y=100,
        width=120,
        height=20,
    )
    return replace(usual, **changes)


def test_a_draft_begins_with_our_director_and_a_client_to_choose(cast: Cast) -> None:
    contract = make.document(cast.alice)

    envelope = create_draft(
        "Offer", responsible=cast.alice, documents=[contract], by=cast.alice.actor, at=NOON
    )

    ours, client = queries.parties_of(envelope)
    assert (envelope.company, ours.employee, ours.email) == (
        cast.company,
        cast.erin,
        "erin@example.org",
    )
    assert (client.is_chosen, client.link_channel, client.code_channel) == (False, "sms", "sms")


def test_a_director_without_the_right_is_not_chosen_for_signing(cast: Cast) -> None:
    cast.erin.roles_given.all().delete()

    envelope = create_draft(
        "Offer", responsible=cast.alice, documents=[], by=cast.alice.actor, at=NOON
    )

    assert not queries.parties_of(envelope)[0].is_chosen


def test_a_seat_keeps_its_fields_when_its_person_changes(cast: Cast) -> None:
    envelope = make.draft(cast)
    seats = two_parties(cast.erin, cast.grace)

    choose_parties(envelope, company=cast.company, parties=seats, by=cast.alice.actor, at=NOON)

    grace = make.party(envelope, name="Grace")
    assert grace.fields.count() == 1
    assert (grace.phone, grace.company) == ("+33612345602", cast.client)


def test_only_a_company_of_ours_sends(cast: Cast) -> None:
    envelope = make.draft(cast)

    with pytest.raises(CannotChoose):
        choose_parties(envelope, company=cast.client, parties=[], by=cast.alice.actor, at=NOON)


def test_a_document_that_lies_elsewhere_is_copied(cast: Cast) -> None:
    first = make.sent(cast)
    used = queries.documents_of(first)[0]
    second = make.draft(cast)

    chosen = choose_documents(second, documents=[used], by=cast.alice.actor, at=NOON)

    assert chosen[0].pk != used.pk and chosen[0].code != used.code
    original = used.revisions.get(number=2)
    assert queries.newest_revision(chosen[0]).sha256 == original.sha256
    assert queries.obstacles_to_sending(second, at=NOON) == [
        "Place a signature field for Erin Lindqvist.",
        "Place a signature field for Frank Kowalski.",
    ]


def test_what_was_sent_is_not_prepared_any_more(cast: Cast) -> None:
    envelope = make.sent(cast)
    words = Description(title="Other")

    with pytest.raises(NotADraft):
        describe(envelope, description=words, by=cast.alice.actor, at=NOON)
    with pytest.raises(NotADraft):
        replace_fields(envelope, placements=[])
    with pytest.raises(NotADraft):
        delete_draft(envelope, by=cast.alice.actor, at=NOON)


def test_a_draft_is_found_by_its_people_and_titles(cast: Cast) -> None:
    envelope = make.draft(cast, title="Lease of the harbour office")
    words = Description(title="Bail", message="See page 3", deadline_at=TOMORROW)

    describe(envelope, description=words, by=cast.alice.actor, at=NOON)

    for text in ("bail", "kowal", "harbour", "boreal"):
        assert queries.envelopes_for(cast.alice, text=text).get() == envelope


def test_a_draft_is_thrown_away_and_its_documents_stay(cast: Cast) -> None:
    envelope = make.draft(cast)
    document = queries.documents_of(envelope)[0]

    delete_draft(envelope, by=cast.alice.actor, at=NOON)

    document.refresh_from_db()
    assert not Envelope.objects.exists()
    assert Fact.objects.filter(event="envelope.deleted").exists()


def test_used_as_new_it_has_the_same_parties_and_empty_fields(cast: Cast) -> None:
    envelope = make.completed(cast)

    again = use_as_new(envelope, responsible=cast.bob, by=cast.bob.actor, at=TOMORROW)

    names = [party.name for party in queries.parties_of(again)]
    assert names == ["Erin Lindqvist", "Frank Kowalski"]
    assert queries.obstacles_to_sending(again, at=TOMORROW) == []
    assert not Field.objects.filter(party__envelope=again).exclude(picture="").exists()


def test_replacing_fields_keeps_those_with_an_id(cast: Cast) -> None:
    envelope = make.draft(cast)
    kept = Field.objects.filter(party__envelope=envelope)[0]

    fields = replace_fields(
        envelope, placements=[placement(envelope), placement(envelope, id=kept.pk, y=300.0)]
    )

    assert fields[1].pk == kept.pk
    assert Field.objects.filter(party__envelope=envelope).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": 2},
        {"page": 0},
        {"x": 580.0},
        {"y": -40.0},
        {"width": 2.0},
        {"kind": "tattoo"},
        {"party_id": 10**6},
        {"document_id": 10**6},
        {"x": float("nan")},
    ],
)
def test_a_field_off_the_page_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    envelope = make.draft(cast)

    with pytest.raises(CannotPlace):
        replace_fields(envelope, placements=[placement(envelope, **wrong)])


def test_nobody_moves_a_field_of_another_envelope(cast: Cast) -> None:
    mine, theirs = make.draft(cast), make.draft(cast)
    foreign = Field.objects.filter(party__envelope=theirs)[0]

    fields = replace_fields(mine, placements=[placement(mine, id=foreign.pk)])

    assert fields[0].pk != foreign.pk
