"""From sent to completed: what is sealed, by whom, and that it happens once."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal.models import Fact
from paraph.kit import db, files
from paraph.kit.jobs import Job
from paraph.kit.models import KeptOrder
from paraph.messaging.models import Message
from paraph.sealing.verify import verify
from paraph.signing import authority, queries, revisions
from paraph.signing.actions.ceremony import save_value
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sealing import doubt_completion, keep_certificate, keep_stuck
from paraph.signing.actions.sending import send_envelope
from paraph.signing.assembly.building import Built
from paraph.signing.choices import Placement
from paraph.signing.jobs.sealing import (
    close_envelope,
    mend_stuck,
    prepare_envelope,
    seal_act,
)
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Act, Envelope, FieldKind
from paraph.signing.refusals import CannotSave, CannotSend
from tests import make
from tests.cast import Cast
from tests.invariants import check_invariants
from tests.moments import NOON
from tests.sealing import forge

pytestmark = pytest.mark.slow


def kinds(envelope: Envelope) -> list[str]:
    rows = Revision.objects.filter(document__enclosures__envelope=envelope)
    return list(rows.order_by("document_id", "number").values_list("kind", flat=True))


def newest(envelope: Envelope) -> bytes:
    return revisions.heads(envelope)[0].content


def places_of_every_kind(envelope: Envelope) -> list[Placement]:
    """A place of every kind for each party on the first page of each document."""
    parties, documents = queries.parties_of(envelope), queries.documents_of(envelope)
    return [
        Placement(party.pk, document.pk, kind, 1, 40 + 270 * column, 100 + 60 * row, 160, 50)
        for document in documents
        for column, party in enumerate(parties)
        for row, kind in enumerate(FieldKind.values)
    ]


def given_up(job: Job, **ids: int) -> KeptOrder:
    """An order of the embedded engine that failed too often."""
    return KeptOrder.objects.create(
        name=job.name,
        ids=ids,
        queue=job.queue,
        priority=job.priority,
        run_at=NOON,
        state=KeptOrder.State.PARKED,
        attempts=job.retries + 1,
    )


def send_and_sign(envelope: Envelope, cast: Cast) -> None:
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    for minutes, name in enumerate(("Erin", "Frank"), start=1):
        make.act(make.party(envelope, name=name), at=NOON + timedelta(minutes=minutes))


def came_signed(cast: Cast) -> Document:
    """A document that was signed elsewhere before it was uploaded."""
    document = make.document(cast.alice, title="Signed elsewhere")
    content = forge.signed(forge.paper(), stamped=True)
    document.was_signed = True
    document.save()
    document.revisions.update(sha256=files.put(content), size=len(content))
    return document


def test_a_sent_document_is_laid_out_and_the_first_in_line_asked(cast: Cast) -> None:
    envelope = make.sent(cast)

    director, client = queries.parties_of(envelope)
    assert kinds(envelope) == ["uploaded", "original", "prepared"]
    assert director.status == PartyStatus.ASKED
    assert client.status == PartyStatus.WAITING


def test_two_signatures_make_a_completed_document_that_anybody_can_check(cast: Cast) -> None:
    envelope = make.completed(cast)

    report = verify(newest(envelope), trust=authority.roots())
    people = [(row.signer, row.level) for row in report.signatures if row.kind == "signature"]
    assert envelope.status == Status.COMPLETED
    assert kinds(envelope) == ["uploaded", "original", "prepared", "act", "act", *LAST]
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert people == [("Erin Lindqvist", "B-LTA"), ("Frank Kowalski", "B-LTA")]
    check_invariants()


def test_every_document_of_an_envelope_is_signed_by_everybody(cast: Cast) -> None:
    documents = [make.document(cast.alice, title=title) for title in ("Contract", "Annex")]
    envelope = make.draft(cast, documents=documents)
    replace_fields(envelope, placements=places_of_every_kind(envelope))

    send_and_sign(envelope, cast)

    heads = revisions.heads(envelope)
    verdicts = [verify(head.content, trust=authority.roots()).verdict for head in heads]
    assert verdicts == ["intact", "intact"]
    check_invariants()


def test_a_file_that_came_with_signatures_keeps_them_and_gets_ours(cast: Cast) -> None:
    envelope = make.draft(cast, documents=[came_signed(cast)])
    content = revisions.heads(envelope)[0].content

    send_and_sign(envelope, cast)

    report = verify(newest(envelope), trust=authority.roots())
    people = [row.signer for row in report.signatures if row.kind == "signature"]
    assert newest(envelope).startswith(content)
    assert report.verdict == "intact"
    assert people[-2:] == ["Erin Lindqvist", "Frank Kowalski"]
    assert kinds(envelope)[-4:] == ["act", "act", *LAST]


def test_a_file_that_came_signed_gets_its_certificate_as_a_file_of_its_own(cast: Cast) -> None:
    envelope = make.draft(cast, documents=[came_signed(cast)])

    send_and_sign(envelope, cast)

    kept = Revision.objects.get(kind=RevisionKind.CERTIFICATE)
    certificate = files.get(kept.sha256)
    said = pypdfium2.PdfDocument(certificate)[0].get_textpage().get_text_bounded()
    assert verify(certificate, trust=authority.roots()).verdict == "intact"
    assert "Frank Kowalski" in said and "One-time code by SMS to +33*******01" in said


def test_running_every_job_again_changes_nothing(cast: Cast) -> None:
    envelope = make.completed(cast)
    before = (kinds(envelope), Fact.objects.count())

    prepare_envelope(envelope_id=envelope.pk)
    for act in Act.objects.all():
        seal_act(act_id=act.pk)
    close_envelope(envelope_id=envelope.pk)

    assert (kinds(envelope), Fact.objects.count()) == before


def test_an_act_keeps_the_certificate_that_is_in_the_file(cast: Cast) -> None:
    envelope = make.completed(cast)
    act = Act.objects.get(party__name="Erin Lindqvist")
    kept = x509.load_pem_x509_certificate(act.certificate.encode())

    keep_certificate(act, serial="AB" * 20, proof=b"", at=NOON)

    act.refresh_from_db()
    assert x509.load_pem_x509_certificate(act.certificate.encode()) == kept
    assert kept.public_bytes(Encoding.DER).hex().encode() in newest(envelope).lower()


def test_what_is_stuck_is_ordered_again(cast: Cast, settings: Settings) -> None:
    envelope = make.draft(cast)
    settings.PARAPH_JOBS = "embedded"  # ordered there, and never done
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    settings.PARAPH_JOBS = "inline"
    long_ago = NOON - timedelta(days=400)
    Envelope.objects.filter(pk=envelope.pk).update(sent_at=long_ago)

    mend_stuck()

    assert kinds(envelope) == ["uploaded", "original", "prepared"]


def test_what_was_given_up_is_tried_again_and_its_sender_told_once(
    cast: Cast, settings: Settings
) -> None:
    envelope = make.draft(cast)
    long_ago = NOON - timedelta(days=400)
    Envelope.objects.filter(pk=envelope.pk).update(status=Status.SENT, sent_at=long_ago)
    parked = given_up(prepare_envelope, envelope_id=envelope.pk)
    settings.PARAPH_JOBS = "embedded"

    mend_stuck()
    KeptOrder.objects.filter(pk=parked.pk).update(state=KeptOrder.State.PARKED)
    mend_stuck()

    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == (KeptOrder.State.WAITING, 0)
    assert not KeptOrder.objects.filter(name=parked.name).exclude(pk=parked.pk).exists()
    assert Fact.objects.filter(event="envelope.stuck").count() == 1


LAST = ("certificate", "completed")


@pytest.mark.parametrize("kind", ["stuck", "doubted"])
def test_who_is_responsible_hears_of_trouble(cast: Cast, kind: str) -> None:
    envelope = make.sent(cast)

    if kind == "stuck":
        keep_stuck(envelope, at=NOON)
    else:
        doubt_completion(envelope, reasons=["damaged"], at=NOON)

    told = Message.objects.get(kind=f"envelope_{kind}_responsible")
    assert told.recipient == cast.alice.email


@pytest.mark.parametrize(
    ("value", "reason"), [("\U0001f600", "characters in it"), ("W" * 120, "too long")]
)
def test_what_the_document_cannot_show_is_refused_before_signing(
    cast: Cast, value: str, reason: str
) -> None:
    envelope = make.draft(cast)
    replace_fields(envelope, placements=places_of_every_kind(envelope))
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    erin = make.party(envelope, name="Erin")
    text = erin.fields.get(kind=FieldKind.TEXT)

    with pytest.raises(CannotSave, match=reason):
        save_value(make.session(erin), field=text, value=value, at=NOON)


def test_in_a_file_that_came_signed_each_person_has_one_page(cast: Cast) -> None:
    document = make.document(cast.alice, pages=2)
    document.was_signed = True
    document.save()
    envelope = make.draft(cast, documents=[document])
    erin = make.party(envelope, name="Erin")
    places = [
        Placement(erin.pk, document.pk, FieldKind.SIGNATURE, page, 40, 100, 160, 50)
        for page in (1, 2)
    ]
    replace_fields(envelope, placements=places)

    with pytest.raises(CannotSend, match="all fields of Erin Lindqvist on one page"):
        send_envelope(envelope, by=cast.alice.actor, at=NOON)


def test_a_revision_on_an_older_one_is_refused_so_that_it_is_built_anew(cast: Cast) -> None:
    envelope = make.sent(cast)
    head = revisions.heads(envelope)[0]
    stale = Built(head.document.pk, head.revision.number - 1, "", "ab" * 32, 1, "")

    with pytest.raises(revisions.HeadMoved), db.unit_of_work():
        revisions.append([stale], kind=RevisionKind.ACT, at=NOON)
