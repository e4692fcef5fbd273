"""/verify says and draws what was changed, and is never green for somebody else's authority."""

import io

import pikepdf
import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from paraph.kit import files
from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.model import Act
from paraph.sealing.prepare import prepare
from paraph.signing import authority
from paraph.signing.integrity.checking import checked
from paraph.signing.queries import documents_of, newest_revision
from tests import make
from tests.cast import Cast
from tests.sealing import forge

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def completed(cast: Cast) -> bytes:
    document = documents_of(make.completed(cast))[0]
    return files.get(newest_revision(document).sha256)


def test_a_changed_page_is_told_in_words_and_drawn_before_and_now(
    completed: bytes, client: Client
) -> None:
    upload = SimpleUploadedFile("ours.pdf", forge.repriced(completed))

    page = client.post("/verify/", {"file": upload}).content.decode()

    assert "verdict--bad" in page
    assert "“<ins>The price is 99 450 euros.</ins>” was added" in page
    assert page.count('src="data:image/') >= 2
    assert "Page 1 as it was signed" in page
    assert 'href="#change-1"' in page


def test_a_removed_page_is_told(completed: bytes) -> None:
    answer = checked(forge.without_last_page(completed), name="ours.pdf")

    assert any("was removed" in str(change.sentence) for change in answer.changes)
    assert answer.pages[-1].new is None


def test_a_copy_without_signatures_is_compared_by_its_words(completed: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(completed)) as copy:
        first = copy.pages[0]
        first.contents_coalesce()
        first.obj.Contents.write(first.obj.Contents.read_bytes().replace(b"page 1", b"page 9"))
        del copy.Root.AcroForm, copy.trailer["/ID"]
        for page in (each for each in copy.pages if "/Annots" in each):
            del page.obj.Annots
        copy.save(out)

    answer = checked(out.getvalue(), name="printed.pdf")

    assert answer.headline == "Changed after signing"
    assert ("1", "9") in {(each.before, each.after) for each in answer.report.changes}


def test_the_same_names_under_somebody_elses_authority_are_never_green(
    completed: bytes, client: Client
) -> None:
    ours = x509.load_pem_x509_certificate(authority.roots()[0])
    [name] = ours.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    rogue = Authority.create(str(name.value), base_url="http://m.example", at=forge.NOW)
    ready = prepare(
        forge.paper(), slots=forge.SLOTS[:2], parties=("director",), strip="", font=forge.FONT
    )
    course = forge.Course(ready.pdf, ready.plan)
    course.append(acts.certify(course.file, course.plan, authority=rogue, reason="", at=forge.NOW))
    act = Act("director", "Erin Lindqvist", "erin@example.org")
    course.append(acts.sign(course.file, course.plan, act, authority=rogue, at=forge.NOW))

    page = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", course.file)})

    assert rogue.root_pem != authority.roots()[0]
    assert "verdict--warn" in page.content.decode()
    assert "verdict--good" not in page.content.decode()


def test_further_roots_can_be_trusted_and_are_named(
    settings: Settings, cast: Cast, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("roots")
    (folder / "works.pem").write_bytes(forge.ROOT)
    (folder / "broken.pem").write_bytes(b"nothing")
    (folder / "other.pem").write_bytes(_other().root_pem)
    settings.PARAPH_TRUST = str(folder)

    answer = checked(forge.completed(), name="theirs.pdf")

    assert (answer.tone, answer.report.trust) == ("calm", "trusted")
    assert "Paraph Works" in answer.explanation


def _other() -> Authority:
    return Authority.create("Mallory", base_url="http://m.example", at=forge.NOW)


def test_each_signature_comes_with_its_version_and_certificate(completed: bytes) -> None:
    answer = checked(completed, name="ours.pdf")

    assert [each.number for each in answer.versions] == list(range(1, len(answer.versions) + 1))
    assert [len(each.signers) for each in answer.versions] == [1, 1, 1, 1]
    assert all(each.certificate for each in answer.persons)
    assert answer.persons[0].certificate and "Erin" in answer.persons[0].certificate.subject
