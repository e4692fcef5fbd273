"""The second look: what was sealed is judged again after everybody has it."""

import pytest
from django.conf import settings

from paraph.documents.models import Document, Revision
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.sealing.authority import Authority
from paraph.sealing.sandboxed import MOST_TOGETHER
from paraph.signing import queries, revisions
from paraph.signing.actions.sending import send_envelope
from paraph.signing.assembly import closing
from paraph.signing.assembly.building import Base
from paraph.signing.authority import replace_authority
from paraph.signing.integrity.doubts import sentence
from paraph.signing.jobs.auditing import audit_completed, portions
from paraph.signing.models import Act, Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sealing import forge

pytestmark = pytest.mark.slow


def signed_elsewhere(cast: Cast) -> Document:
    """A document that came with a signature."""
    document = make.document(cast.alice, title="Signed elsewhere")
    content = forge.signed(forge.paper(), stamped=True)
    Document.objects.filter(pk=document.pk).update(was_signed=True)
    document.revisions.update(sha256=files.put(content), size=len(content))
    document.refresh_from_db()
    return document


def closed_by_another(envelope: Envelope) -> None:
    """Put into the place of the completed file one that another authority has closed."""
    head = revisions.heads(envelope)[0]
    before = Base(head.document, head.document.revisions.filter(kind="act").latest("number"))
    other = Authority.create("Ardent", base_url=settings.PARAPH_URL, at=NOON)
    parties = queries.parties_of(envelope)
    built = closing.closed(before, envelope, parties, evidence=b"{}", authority=other, at=NOON)
    Revision.objects.filter(pk=head.revision.pk).update(sha256=built.sha256, size=built.size)


def test_one_changed_byte_is_found_by_the_second_look_which_withdraws_the_file(cast: Cast) -> None:
    envelope = make.completed(cast)
    head = revisions.heads(envelope)[0]
    forged = head.content.replace(b"/Reason", b"/Raeson", 1)
    Revision.objects.filter(pk=head.revision.pk).update(sha256=files.put(forged))

    audit_completed()

    links = [link for party in envelope.parties.all() for link in party.links.all()]
    assert Fact.objects.filter(event="envelope.doubted").count() == 1
    assert all(link.revoked_at for link in links if link.purpose == "file")


@pytest.mark.parametrize(
    ("size", "together"), [(200_000, [2]), (MOST_TOGETHER, [1, 1])], ids=["small", "large"]
)
def test_a_file_that_is_gone_is_doubted_and_the_others_are_looked_at(
    cast: Cast, size: int, together: list[int]
) -> None:
    gone, sound = make.completed(cast), make.completed(cast)
    Revision.objects.update(size=size)
    assert [len(portion) for portion in portions([gone, sound])] == together
    Revision.objects.filter(pk=revisions.heads(gone)[0].revision.pk).update(sha256="ab" * 32)

    audit_completed()

    doubted = Fact.objects.get(event="envelope.doubted")
    sound.refresh_from_db()
    assert (doubted.facts["envelope_id"], doubted.facts["reasons"]) == (gone.pk, ["damaged"])
    assert sound.audited_at


@pytest.mark.parametrize("is_from_elsewhere", [False, True], ids=["ours", "signed elsewhere"])
def test_the_second_look_agrees_with_what_was_sealed(cast: Cast, is_from_elsewhere: bool) -> None:
    documents = [signed_elsewhere(cast)] if is_from_elsewhere else []
    envelope = make.draft(cast, documents=documents)
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    for name in ("Erin", "Frank"):
        make.act(make.party(envelope, name=name), at=NOON)

    audit_completed()

    envelope.refresh_from_db()
    assert envelope.audited_at
    assert not Fact.objects.filter(event="envelope.doubted").exists()


def test_a_seal_that_was_renewed_on_the_way_is_still_ours(cast: Cast) -> None:
    envelope = make.draft(cast)
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    make.act(make.party(envelope, name="Erin"), at=NOON)
    replace_authority(lambda it: it.with_new_credentials(NOON), at=NOON)
    make.act(make.party(envelope, name="Frank"), at=NOON)

    audit_completed()

    envelope.refresh_from_db()
    assert envelope.audited_at
    assert not Fact.objects.filter(event="envelope.doubted").exists()


def test_a_doubt_of_earlier_days_is_still_told() -> None:
    assert sentence("file-damaged") == "file-damaged"


def test_a_file_that_another_authority_sealed_is_doubted(cast: Cast) -> None:
    envelope = make.completed(cast)
    closed_by_another(envelope)

    audit_completed()

    assert Fact.objects.get(event="envelope.doubted").facts["reasons"] == ["other-certificate"]


def test_a_file_that_a_person_signed_with_another_certificate_is_doubted(cast: Cast) -> None:
    make.completed(cast)
    erin, frank = Act.objects.order_by("sealed_at")
    Act.objects.filter(pk=erin.pk).update(certificate=frank.certificate)

    audit_completed()

    assert Fact.objects.get(event="envelope.doubted").facts["reasons"] == ["other-certificate"]
