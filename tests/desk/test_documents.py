"""The pages of documents: found, uploaded, read, renamed, deleted, and sent on to be signed."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from paraph.documents.models import Document
from paraph.documents.pages import page_picture
from paraph.documents.queries import newest_revision
from paraph.kit import files
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.documents import paper
from tests.moments import NOON

pytestmark = pytest.mark.slow


@pytest.fixture
def alice(client: Client, cast: Cast) -> Client:
    client.force_login(cast.alice)
    return client


def _fill_up(cast: Cast, *, to: int) -> None:
    """Add documents until there are so many."""
    Document.objects.bulk_create(
        Document(code=f"{n:017}", title=f"Contract {n}", responsible=cast.alice, created_at=NOON)
        for n in range(Document.objects.count(), to)
    )


def upload(
    client: Client, *contents: bytes, name: str = "Supply_contract.pdf"
) -> Any:  # Django's, for tests
    sent = [SimpleUploadedFile(name, content) for content in contents]
    return client.post(reverse("document-upload"), {"documents": sent}, follow=True)


@pytest.mark.slow
def test_a_list_of_any_length_takes_the_same_queries(alice: Client, cast: Cast) -> None:
    address = reverse("document-list")
    counted = []
    alice.get(address)  # the first request of a session asks more

    for number in (1, 3, 25, 1_000):
        _fill_up(cast, to=number)
        with CaptureQueriesContext(connection) as queries:
            page = alice.get(address).content.decode()
        assert page.count("row-link") == min(number, 50)
        counted.append(len(queries))

    assert len(set(counted)) == 1


def test_the_next_page_continues_where_the_first_ended(alice: Client, cast: Cast) -> None:
    _fill_up(cast, to=51)
    address = reverse("document-list")

    first = alice.get(address).content.decode()
    cursor = re.search(r'href="[?]q=&amp;cursor=([^"]+)" rel="next"', first)
    second = alice.get(address, {"cursor": cursor[1] if cursor else ""}).content.decode()

    assert ">Contract 50<" in first
    assert ">Contract 0<" not in first
    assert ">Contract 0<" in second


def test_typing_finds_documents_and_answers_with_the_rows_alone(alice: Client, cast: Cast) -> None:
    for title in ("Umowa najmu", "Contrat de bail"):
        document = make.document(cast.alice, title=title)
        document.make_searchable(title, document.code, sort_by=title)
        document.save()

    page = alice.get(reverse("document-list"), {"q": "najm"}, HTTP_HX_REQUEST="true")

    assert "Umowa najmu" in page.content.decode()
    assert "Contrat" not in page.content.decode()
    assert "<html" not in page.content.decode()


@pytest.mark.slow
def test_an_uploaded_contract_is_shown_with_its_title_from_the_file(alice: Client) -> None:
    response = upload(alice, paper.changed(paper.with_script))

    document = Document.objects.get()
    page = response.content.decode()
    assert document.title == "Supply contract"
    assert "Scripts were removed." in page
    assert reverse("document-page", args=[document.pk, 2]) in page


@pytest.mark.slow
def test_several_pictures_become_one_document(alice: Client) -> None:
    upload(alice, paper.picture(), paper.picture("JPEG"), name="page.png")

    assert Document.objects.get().page_count == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 a ZIP named pdf", "is an archive. Unpack it"),
        (b"", "is empty. Choose the file again."),
        (b"<svg/>", "is an SVG drawing. Save it as PNG"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_the_field(
    alice: Client, content: bytes, sentence: str
) -> None:
    response = upload(alice, content)

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert 'aria-describedby="id_documents_helptext id_documents_error"' in page
    assert not Document.objects.exists()


def test_a_file_far_over_the_limit_is_cut_off_and_refused(
    alice: Client, settings: Settings
) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024

    response = upload(alice, b"%PDF-1.7" + bytes(7 * 1024 * 1024))

    assert "is larger than 1 MB" in response.content.decode()


def test_an_upload_without_a_file_is_asked_for_one(alice: Client) -> None:
    response = alice.post(reverse("document-upload"))

    assert response.status_code == 422


@pytest.mark.slow
def test_a_page_picture_is_private_and_kept_by_the_browser(alice: Client, cast: Cast) -> None:
    document = make.document(cast.alice)
    address = reverse("document-page", args=[document.pk, 1])

    first = alice.get(address, {"size": "phone"})
    again = alice.get(address, {"size": "phone"}, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Content-Type"] == "image/png"
    assert "private" in first["Cache-Control"]
    assert "immutable" in first["Cache-Control"]
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("page", [0, 2, 99_999])
def test_a_page_that_does_not_exist_is_not_found(alice: Client, cast: Cast, page: int) -> None:
    document = make.document(cast.alice)

    response = alice.get(reverse("document-page", args=[document.pk, page]))

    assert response.status_code == 404


@pytest.mark.slow
def test_a_document_can_be_read_as_text(alice: Client, cast: Cast) -> None:
    document = make.document(cast.alice, title="Lease", pages=2)

    page = alice.get(reverse("document-text", args=[document.pk])).content.decode()

    assert "Lease, page 1" in page
    assert "Lease, page 2" in page


def test_a_document_can_be_downloaded(alice: Client, cast: Cast) -> None:
    document = make.document(cast.alice, title="Łódź/lease")

    response = alice.get(reverse("document-file", args=[document.pk]))

    content = response.getvalue()
    assert content == files.get(newest_revision(document).sha256)
    assert "attachment" in response["Content-Disposition"]


def test_renaming_and_deleting(alice: Client, cast: Cast) -> None:
    document = make.document(cast.alice)

    alice.post(reverse("document-rename", args=[document.pk]), {"title": "Lease 2026"})
    question = alice.get(reverse("document-delete", args=[document.pk])).content.decode()
    alice.post(reverse("document-delete", args=[document.pk]))

    assert "Delete “Lease 2026”?" in question
    assert not Document.objects.exists()


def test_deleting_what_is_being_signed_is_refused_in_words(alice: Client, cast: Cast) -> None:
    document = make.draft(cast).documents.get()

    response = alice.post(reverse("document-delete", args=[document.pk]))

    assert response.status_code == 409
    assert "Delete its draft first" in response.content.decode()


def test_signing_begins_a_draft_and_leads_to_its_parties(alice: Client, cast: Cast) -> None:
    document = make.document(cast.alice)

    response = alice.post(reverse("document-sign", args=[document.pk]))

    envelope = Envelope.objects.get()
    assert response["Location"] == reverse("envelope-parties", args=[envelope.pk])
    assert envelope.documents.get() == document


@pytest.mark.parametrize(
    "name", ["document-detail", "document-text", "document-file", "document-rename"]
)
def test_a_stranger_finds_nothing(client: Client, cast: Cast, name: str) -> None:
    document = make.document(cast.alice)
    client.force_login(cast.mallory)

    assert client.get(reverse(name, args=[document.pk])).status_code == 404
    assert client.get(reverse("document-page", args=[document.pk, 1])).status_code == 404


def test_a_reader_may_look_and_neither_rename_nor_delete(client: Client, cast: Cast) -> None:
    document = make.document(cast.alice)
    client.force_login(cast.bob)

    page = client.get(reverse("document-detail", args=[document.pk])).content.decode()

    assert reverse("document-rename", args=[document.pk]) not in page
    assert client.post(reverse("document-delete", args=[document.pk])).status_code == 404
    assert client.post(reverse("document-sign", args=[document.pk])).status_code == 404


@pytest.mark.slow
def test_the_picture_of_another_document_is_not_reached_through_ours(
    alice: Client, cast: Cast
) -> None:
    ours, other = make.document(cast.alice), make.document(cast.erin, title="Secret")
    page_picture(newest_revision(other), 1)

    address = reverse("document-page", args=[ours.pk, 1])
    response = alice.get(address, {"of": newest_revision(other).sha256})

    assert response.status_code == 404
