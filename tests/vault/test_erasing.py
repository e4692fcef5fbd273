"""A person's data is erased on request; what must be kept stays, and the report says why."""

import pytest
from django.test import Client

from paraph import journal
from paraph.batches.actions import advance_batch, begin_batch
from paraph.batches.models import Batch
from paraph.comments.actions import write_comment
from paraph.comments.models import Comment, Subject
from paraph.contacts.models import Contact
from paraph.documents.models import Document
from paraph.journal.models import Fact, Payload
from paraph.kit import db
from paraph.messaging.events import MessageReturned
from paraph.messaging.models import Message
from paraph.people.matrix import Level
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from paraph.vault import people
from paraph.vault.actions.erasing import order_erasure
from paraph.vault.actions.holding import place_hold
from paraph.vault.models import Doomed, Erasure, SignedFile
from paraph.vault.refusals import CannotErase
from tests import make
from tests.cast import Cast
from tests.desk.test_vault_pages import let_keep
from tests.moments import NOON
from tests.vault.house import signed, unsigned

pytestmark = pytest.mark.slow


def erased(cast: Cast) -> Erasure:
    """Erase Frank's data to the end."""
    erasure = order_erasure(cast.frank, reason="letter", by=cast.olga, at=NOON)
    for batch in Batch.objects.filter(kind="vault.erase-person"):
        while advance_batch(batch, at=NOON):
            pass
    return Erasure.objects.get(pk=erasure.pk)


def test_nothing_of_the_person_stays_in_directory_letters_and_timelines(cast: Cast) -> None:
    envelope = unsigned(cast, Status.CANCELLED)
    papers = list(envelope.documents.values_list("pk", flat=True))
    about = (Subject.CONTACT, cast.frank.pk)
    write_comment("Kowalski is ill, @Olga Nowak", about=about, author=cast.alice, at=NOON)

    report = erased(cast)

    frank = Contact.objects.get(pk=cast.frank.pk)
    assert (frank.name, frank.phone, frank.email) == ("Erased person", "", "")
    assert "kowalski" not in frank.search_text
    assert not Message.objects.filter(text__contains="Kowalski").exists()
    assert not Comment.objects.filter(text__contains="Kowalski").exists()
    assert not Payload.objects.filter(canonical__contains="Kowalski").exists()
    assert not Envelope.objects.filter(pk=envelope.pk).exists()
    assert not Document.objects.filter(pk__in=papers).exists()
    assert Doomed.objects.exists()
    assert report.done_at
    assert "Kowalski" not in str(report.erased)


def test_that_it_happened_stays_and_the_timeline_says_erased(cast: Cast, client: Client) -> None:
    before = Fact.objects.about("contact", cast.frank.pk).count()

    report = erased(cast)

    assert Fact.objects.about("contact", cast.frank.pk).count() == before + 1
    assert (
        journal.timeline(subject="contact", object_id=cast.frank.pk)[0].event == "contact.erased"
    )
    client.force_login(cast.olga)
    page = client.get(f"/contacts/{cast.frank.pk}/").content.decode()
    assert "What it said is erased." in page
    text = client.get(f"/vault/erasures/{report.pk}/report.txt").content.decode()
    assert "Fields of the contact" in text


def test_signed_documents_stay_and_the_report_says_why(cast: Cast) -> None:
    file = signed(cast)
    parties = file.envelope.parties.filter(contact=cast.frank)

    report = erased(cast)

    assert SignedFile.objects.filter(pk=file.pk).exists()
    assert [party.name for party in parties] == ["Frank Kowalski"]
    assert report.kept == [
        {"code": file.code, "why": "It is kept for ever, as proof of what was agreed."}
    ]


def test_a_hold_or_a_running_document_refuses_it(cast: Cast) -> None:
    place_hold(cast.frank, reason="Lawsuit", by=cast.olga, at=NOON)
    unsigned(cast, Status.SENT)

    with pytest.raises(CannotErase) as refused:
        order_erasure(cast.frank, reason="letter", by=cast.olga, at=NOON)

    assert refused.value.reasons[0] == "On hold: Lawsuit"
    assert "not ended yet" in refused.value.reasons[1]


def test_an_unsigned_document_on_hold_stays_whole(cast: Cast) -> None:
    envelope = unsigned(cast, Status.CANCELLED)
    place_hold(envelope, reason="Lawsuit", by=cast.olga, at=NOON)

    erased(cast)

    assert make.party(envelope, name="Frank").name == "Frank Kowalski"


def test_the_preview_tells_what_goes_and_what_stays(cast: Cast, client: Client) -> None:
    signed(cast, title="Lease")
    unsigned(cast, Status.CANCELLED)
    client.force_login(cast.olga)

    page = client.get(f"/vault/people/{cast.frank.pk}/").content.decode()

    assert "Lease" in page
    assert "kept for ever" in page
    assert "Cancelled" in page
    client.force_login(cast.alice)
    assert client.get(f"/vault/people/{cast.frank.pk}/").status_code == 404


def test_what_is_still_on_its_way_is_waited_for(cast: Cast) -> None:
    unsigned(cast, Status.DECLINED)
    Message.objects.update(state="held")

    with pytest.raises(CannotErase, match="still on its way, or held"):
        order_erasure(cast.frank, reason="letter", by=cast.olga, at=NOON)


def test_facts_about_the_party_keep_no_address(cast: Cast) -> None:
    file = signed(cast)
    party = file.envelope.parties.get(contact=cast.frank)
    returned = MessageReturned("party", party.pk, 1, "reminder", "email", cast.frank.email, "full")
    record = db.joining(journal.record)
    record(returned, by=journal.SYSTEM, at=NOON)

    erased(cast)

    said = Payload.objects.filter(fact__event="message.returned")
    assert not said.exists()


def test_an_envelope_that_went_is_remembered_without_a_name(cast: Cast) -> None:
    envelope = unsigned(cast, Status.CANCELLED)

    report = erased(cast)

    fact = journal.timeline(subject="envelope", object_id=envelope.pk)[0]
    assert (fact.event, fact.facts["erasure"]) == ("vault.envelope-erased", report.pk)


def test_documents_beyond_ones_reach_are_counted_and_not_named(cast: Cast) -> None:
    make.sent(cast)
    signed(cast, title="Secret lease")
    let_keep(cast.mallory, Level.OWN)

    told = people.obstacles_to_erasing(cast.frank, reader=cast.mallory)

    assert "1 further document is not ended yet." in told
    assert "Contract" not in str(told)


def test_a_report_says_what_came_in_the_way(cast: Cast, client: Client) -> None:
    asked = {"contact_number": cast.frank.pk, "asked_by": cast.olga, "asked_at": NOON}
    erasure = Erasure.objects.create(**asked)
    place_hold(cast.frank, reason="Lawsuit", by=cast.olga, at=NOON)
    given = {"erasure": erasure.pk}
    batch = begin_batch("vault.erase-person", given=given, total=None, owner=cast.olga, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    client.force_login(cast.olga)

    page = client.get(f"/vault/erasures/{erasure.pk}/").content.decode()

    assert "On hold: Lawsuit" in page
    assert "every 2s" not in page
