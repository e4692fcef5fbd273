"""Nothing of the main job is left in English when its people speak French or Polish."""

import re

import pypdfium2 as pdfium
import pytest
from babel.messages.pofile import read_po
from django.test import Client

from paraph.contacts.models import Contact
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.people.models import Employee
from paraph.signing import queries
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.languages.english import left_in_page, left_in_text
from tools.compile_messages import compile_catalogues
from tools.source import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LANGUAGES = ("fr", "pl")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues(ROOT / "paraph")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, cast: Cast) -> str:
    """Have everybody speak this language."""
    Employee.objects.update(language=request.param)
    Contact.objects.update(language=request.param)
    for person in (cast.olga, cast.alice, cast.erin, cast.frank):
        person.refresh_from_db()
    return str(request.param)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(code: str) -> None:
    path = ROOT / "paraph" / "locale" / code / "LC_MESSAGES" / "django.po"
    with path.open("rb") as source:
        entries = [entry for entry in read_po(source, locale=code) if entry.id]

    for entry in entries:
        forms = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
        wanted = entry.id if isinstance(entry.id, str) else entry.id[-1]
        assert all(forms) and not entry.fuzzy, f"Not translated: {wanted}"
        assert set(PLACEHOLDER.findall(forms[-1])) == set(PLACEHOLDER.findall(wanted)), wanted


def test_pages_for_employees_speak_one_language(cast: Cast, client: Client, language: str) -> None:
    completed, draft = make.completed(cast), make.draft(cast)
    addresses = [
        "/", "/envelopes/", "/envelopes/new/", "/board/", "/contacts/", "/contacts/new/",
        "/companies/", f"/companies/{cast.company.pk}/", "/documents/", "/mailbox/",
        "/connections/", "/search/?q=contract", f"/contacts/{cast.frank.pk}/",
        f"/contacts/{cast.frank.pk}/edit/", f"/envelopes/{completed.pk}/",
        f"/envelopes/{draft.pk}/", f"/envelopes/{draft.pk}/document/",
        f"/envelopes/{draft.pk}/parties/", f"/envelopes/{draft.pk}/fields/",
        f"/envelopes/{draft.pk}/review/", "/accounts/2fa/", "/accounts/sessions/",
        "/accounts/password/change/",
    ]  # fmt: skip
    client.force_login(cast.olga)

    left = {path: _left_on(client, path, language) for path in addresses}

    assert {path: words for path, words in left.items() if words} == {}


def test_pages_for_parties_speak_their_language(cast: Cast, client: Client, language: str) -> None:
    envelope = make.sent(cast)
    erin = make.party(envelope, name="Erin")
    way_in = f"/s/{make.token(erin)}/"
    left = {"landing": _left_on(client, way_in, language)}
    client.post(f"{way_in}code/")
    left["code"] = _left_on(client, way_in, language)
    client.post(f"{way_in}enter/", {"digits": make.digits(erin)})
    left["desk"] = _left_on(client, f"{way_in}desk/", language)
    left["decline"] = _left_on(client, f"{way_in}decline/", language)

    assert {page: words for page, words in left.items() if words} == {}


def test_the_check_page_speaks_the_visitors_language(client: Client, cast: Cast) -> None:
    for language in LANGUAGES:
        client.cookies["django_language"] = language

        assert _left_on(client, "/verify/", language) == set()


def test_sign_in_speaks_the_visitors_language(client: Client, cast: Cast) -> None:
    for language in LANGUAGES:
        client.cookies["django_language"] = language

        assert _left_on(client, "/accounts/login/", language) == set()


def test_messages_are_written_in_the_recipients_language(cast: Cast, language: str) -> None:
    make.completed(cast)

    for message in Message.objects.all():
        words = f"{message.subject}\n{message.text}"
        assert left_in_text(words, language=language) == set(), message.kind


def test_the_signed_pdf_speaks_its_parties_language(cast: Cast, language: str) -> None:
    envelope = make.completed(cast)

    assert left_in_text(_words_of(envelope), language=language) == set()


def _left_on(client: Client, path: str, language: str) -> set[str]:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return left_in_page(answer.content.decode(), language=language)


def _words_of(envelope: Envelope) -> str:
    revision = queries.newest_revision(queries.documents_of(envelope)[0])
    document = pdfium.PdfDocument(files.get(revision.sha256))
    words = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(words)
