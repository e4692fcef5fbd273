"""/verify: known, changed, not signed, unreadable; a stranger's signature is never green."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from paraph.documents.models import Document
from paraph.kit import files
from paraph.kit.ids import format_document_id
from paraph.signing.queries import documents_of, newest_revision
from tests import make
from tests.cast import Cast
from tests.sealing.forge import paper, signed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _check(client: Client, content: bytes, *, name: str = "contract.pdf") -> str:
    upload = SimpleUploadedFile(name, content, "application/pdf")
    return client.post("/verify/", {"file": upload}).content.decode()


@pytest.fixture
def completed(cast: Cast) -> bytes:
    document = documents_of(make.completed(cast))[0]
    return files.get(newest_revision(document).sha256)


def test_a_completed_file_is_known_and_names_its_signers(completed: bytes, client: Client) -> None:
    page = _check(client, completed)

    assert "verdict--good" in page
    assert "Unchanged and known here" in page
    assert "marked TRIAL and binds nobody" in page  # as the installation of the tests is one
    assert "Erin Lindqvist" in page
    assert "Frank Kowalski" in page
    assert "12:01" not in page.split("<time")[0]


def test_a_known_file_tells_where_the_log_has_it(completed: bytes, client: Client) -> None:
    page = _check(client, completed)

    assert re.search(r"Public log</dt><dd><a href=\"/log/\">[^<]+</a>: entries [\d–, ]+", page)


def test_seals_stand_apart_from_persons(completed: bytes, client: Client) -> None:
    persons, seals = _check(client, completed).split("Seals of the installation")

    assert "Erin Lindqvist" in persons
    assert persons.count("PAdES") == 2
    assert seals.count("PAdES") == 2


def test_moments_are_written_as_on_the_desk(completed: bytes, client: Client) -> None:
    page = _check(client, completed)

    assert re.search(r">\d{1,2} [A-Z][a-z]{2} 20\d\d, \d\d:\d\d CES?T<", page)


@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_a_file_with_one_byte_flipped_was_changed(
    completed: bytes, client: Client, place: float
) -> None:
    at = int(len(completed) * place)

    page = _check(client, completed[:at] + bytes([completed[at] ^ 1]) + completed[at + 1 :])

    assert "verdict--bad" in page
    assert "Changed after signing" in page or "Cannot be read" in page


def test_a_file_with_a_byte_appended_was_changed(completed: bytes, client: Client) -> None:
    page = _check(client, completed + b"\n").split("Report to copy")[0]

    assert "verdict--bad" in page
    assert "Changed after signing" in page
    assert "vouches for everybody" not in page
    assert "Nothing was changed" not in page


def test_a_file_with_our_id_that_is_not_ours_was_changed(completed: bytes, client: Client) -> None:
    forged = make.pdf(text=format_document_id(Document.objects.get().code))

    page = _check(client, forged)

    assert "verdict--bad" in page
    assert "Changed after signing" in page


def test_a_file_without_signatures_says_so(cast: Cast, client: Client) -> None:
    page = _check(client, make.pdf())

    assert "verdict--calm" in page
    assert "Not signed" in page


def test_an_archive_named_pdf_cannot_be_read(cast: Cast, client: Client) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "a")

    page = _check(client, archive.getvalue())

    assert "verdict--bad" in page
    assert "Cannot be read" in page


def test_nothing_is_opened_where_the_walls_insisted_on_fail(
    settings: Settings, cast: Cast, client: Client
) -> None:
    settings.PARAPH_SANDBOX = "moat"

    page = _check(client, make.pdf())

    assert "The check of the file did not come to an end." in page


def test_a_strangers_signature_is_never_green(cast: Cast, client: Client) -> None:
    page = _check(client, signed(paper()))

    assert "verdict--warn" in page
    assert "nobody known here vouches" in page
    assert "verdict--good" not in page


def test_a_known_file_is_answered_by_its_hash_alone(completed: bytes, client: Client) -> None:
    sha256 = newest_revision(Document.objects.get()).sha256

    asked = client.get(f"/verify/known/{sha256}/?ask=1").json()
    unknown = client.get(f"/verify/known/{'0' * 64}/?ask=1").json()

    assert (asked, unknown) == ({"known": True}, {"known": False})
    assert "verdict--good" in client.get(f"/verify/known/{sha256}/").content.decode()


def test_an_id_alone_names_nobody(completed: bytes, client: Client) -> None:
    code = format_document_id(Document.objects.get().code)

    page = client.get("/verify/", {"code": code}, follow=True).content.decode()

    assert "This document exists" in page
    assert "<dd>2</dd>" in page
    assert "Erin" not in page
    assert "Contract" not in page


def test_a_mistyped_id_is_told(cast: Cast, client: Client) -> None:
    page = client.get("/verify/", {"code": "AAAA-BBBB"}, follow=True)

    assert "No document here has this ID." in page.content.decode()
