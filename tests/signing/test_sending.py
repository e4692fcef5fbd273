"""Sending a draft: who is asked, in which order, and what stands in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from paraph import journal
from paraph.contacts.models import Contact
from paraph.documents.actions.generating import generate_document, regenerate_document
from paraph.documents.choices import Order
from paraph.documents.models import RevisionKind, Template
from paraph.documents.refusals import CannotGenerate
from paraph.messaging.models import Message
from paraph.people.models import Installation
from paraph.signing import queries
from paraph.signing.actions.drafting import choose_documents, choose_parties, describe
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Description, Placement, two_parties
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelope, Field, FieldKind, Link
from paraph.signing.refusals import CannotSend
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import with_rows

pytestmark = pytest.mark.slow


def test_sending_asks_only_the_first_in_line(cast: Cast) -> None:
    envelope = make.draft(cast, parties="Erin, Frank > Grace")

    send_envelope(envelope, by=cast.alice.actor, at=NOON)

    asked = Message.objects.filter(kind="signature_requested").order_by("recipient")
    assert [letter.recipient for letter in asked] == ["+33612345601", "erin@example.org"]
    assert make.party(envelope, name="Grace").status == PartyStatus.WAITING


def test_sending_records_each_step_once(cast: Cast) -> None:
    envelope = make.sent(cast)

    facts = [fact.event for fact in journal.timeline(subject="envelope", object_id=envelope.pk)]
    assert sorted(facts) == [
        "envelope.created",
        "envelope.prepared",
        "envelope.sent",
        "party.asked",
    ]


def test_the_token_is_in_the_letter_and_nowhere_else(cast: Cast) -> None:
    envelope = make.sent(cast)

    token = make.token(make.party(envelope, name="Erin"))

    assert len(token) >= 27
    assert token not in str(list(Link.objects.values_list()))


def test_everything_that_is_missing_is_said_at_once(cast: Cast) -> None:
    envelope = make.draft(cast)
    empty = two_parties(None, None)
    choose_parties(envelope, company=cast.company, parties=empty, by=cast.alice.actor, at=NOON)
    choose_documents(envelope, documents=[], by=cast.alice.actor, at=NOON)
    late = Description(title="Late", deadline_at=NOON - timedelta(hours=1))
    describe(envelope, description=late, by=cast.alice.actor, at=NOON)

    with pytest.raises(CannotSend) as refused:
        send_envelope(envelope, by=cast.alice.actor, at=NOON)

    assert refused.value.reasons == [
        "Choose a document.",
        "Choose who signs for your company.",
        "Choose the client.",
        "The deadline has passed. Choose a later one.",
    ]
    assert Envelope.objects.get().status == Status.DRAFT


def test_a_party_needs_an_address_a_field_and_the_right(cast: Cast) -> None:
    envelope = make.draft(cast)
    Contact.objects.filter(pk=cast.frank.pk).update(phone="")
    seats = two_parties(cast.alice, cast.frank)
    choose_parties(envelope, company=cast.company, parties=seats, by=cast.alice.actor, at=NOON)
    replace_fields(envelope, placements=[])

    with pytest.raises(CannotSend) as refused:
        send_envelope(envelope, by=cast.alice.actor, at=NOON)

    assert refused.value.reasons == [
        "Alice Martin does not hold the right to sign for the company.",
        "Place a signature field for Alice Martin.",
        "Add a phone number for Frank Kowalski.",
        "Place a signature field for Frank Kowalski.",
    ]


def test_outside_a_trial_a_provider_is_needed(cast: Cast) -> None:
    envelope = make.draft(cast)
    Installation.objects.update(is_trial=False)

    reasons = queries.obstacles_to_sending(envelope, at=NOON)

    assert reasons == [
        "Nobody carries e-mails yet: see Connections.",
        "No SMS provider is configured: see Connections.",
    ]


def test_fields_that_would_write_over_each_other_are_not_sent(cast: Cast) -> None:
    envelope = make.draft(cast)
    kept = [
        Placement(
            party_id=place.party_id,
            document_id=place.document_id,
            kind=kind,
            page=1,
            x=place.x,
            y=place.y,
            width=place.width,
            height=place.height,
        )
        for place in Field.objects.filter(party__envelope=envelope)
        for kind in (FieldKind.SIGNATURE, FieldKind.STAMP)
    ]
    replace_fields(envelope, placements=kept)
    below_a_stamp = queries.obstacles_to_sending(envelope, at=NOON)

    replace_fields(envelope, placements=[*kept, replace(kept[0], kind=FieldKind.TEXT)])

    assert below_a_stamp == []
    assert queries.obstacles_to_sending(envelope, at=NOON) == [
        "Two fields lie over each other on page 1: move one of them."
    ]


def test_what_was_sent_is_not_made_again_even_before_it_is_prepared(cast: Cast) -> None:
    order = Order(Template.objects.get(built_in="invoice"), with_rows(cast, "100"), "en")
    by = cast.alice.actor
    document = generate_document(order, responsible=cast.alice, by=by, at=NOON)
    send_envelope(make.draft(cast, documents=[document]), by=by, at=NOON)
    document.revisions.exclude(kind=RevisionKind.ORIGINAL).delete()  # as if it waited for it

    with pytest.raises(CannotGenerate):
        regenerate_document(document, order, by=by, at=NOON)

    assert document.revisions.count() == 1


def test_a_document_that_travels_alone_is_called_like_its_envelope(cast: Cast) -> None:
    document = make.document(cast.alice, title="lease")
    envelope = make.draft(cast, title="Lease of the harbour office", documents=[document])

    send_envelope(envelope, by=cast.alice.actor, at=NOON)

    document.refresh_from_db()
    assert document.title == "Lease of the harbour office"
