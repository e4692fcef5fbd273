"""Documents are added, renamed and deleted, and each of it is remembered."""

import pytest

from paraph import journal
from paraph.documents.actions.adding import add_document
from paraph.documents.actions.keeping import delete_document, rename_document
from paraph.documents.intake import Upload
from paraph.documents.models import Document, RevisionKind
from paraph.documents.queries import newest_revision
from paraph.documents.refusals import CannotDelete, CannotUse
from paraph.kit import files
from tests import make
from tests.cast import Cast
from tests.moments import NOON

from . import paper


def added(cast: Cast, *uploads: Upload) -> Document:
    return add_document(
        uploads, title="Supply contract", responsible=cast.alice, by=cast.alice.actor, at=NOON
    )


def story(document_id: int) -> list[str]:
    return [fact.event for fact in journal.timeline(subject="document", object_id=document_id)]


@pytest.mark.slow
def test_an_upload_is_kept_as_it_came_and_as_it_is_shown(cast: Cast) -> None:
    content = paper.changed(paper.with_script)

    document = added(cast, Upload("contract.pdf", content))

    first, second = document.revisions.all()
    assert (first.kind, second.kind) == (RevisionKind.UPLOADED, RevisionKind.ORIGINAL)
    assert files.get(first.sha256) == content
    assert b"app.alert" not in files.get(second.sha256)
    assert newest_revision(document) == second
    assert document.removed == ["actions", "scripts"]
    assert story(document.pk) == ["document.added"]


@pytest.mark.slow
def test_every_picture_of_a_document_is_kept(cast: Cast) -> None:
    uploads = [Upload("1.png", paper.picture()), Upload("2.jpg", paper.picture("JPEG"))]

    document = added(cast, *uploads)

    kinds = [revision.kind for revision in document.revisions.all()]
    assert kinds == [RevisionKind.UPLOADED, RevisionKind.UPLOADED, RevisionKind.ORIGINAL]
    assert document.page_count == 2


def test_a_refused_upload_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(CannotUse):
        added(cast, Upload("contract.pdf", b"PK\x03\x04"))

    assert not Document.objects.exists()


def test_a_renamed_document_is_found_by_its_new_title(cast: Cast) -> None:
    document = make.document(cast.alice, title="Draft")

    rename_document(document, title="Łódź lease", by=cast.alice.actor, at=NOON)

    assert list(Document.objects.matching("lodz")) == [document]
    assert story(document.pk) == ["document.renamed"]


def test_a_document_that_nobody_signs_can_be_deleted(cast: Cast) -> None:
    document = make.document(cast.alice)
    number = document.pk

    delete_document(document, by=cast.alice.actor, at=NOON)

    assert not Document.objects.exists()
    assert story(number) == ["document.deleted"]


def test_a_document_in_an_envelope_stays(cast: Cast) -> None:
    envelope = make.draft(cast)
    document = envelope.documents.get()

    with pytest.raises(CannotDelete, match="Delete its draft first"):
        delete_document(document, by=cast.alice.actor, at=NOON)

    assert Document.objects.filter(pk=document.pk).exists()
