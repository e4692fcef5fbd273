"""A NUL is refused at the door, on every page alike; what turns letters around stays outside."""

import logging
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from paraph.contacts.models import Contact
from paraph.documents.models import Document
from tests import make
from tests.cast import Cast
from tests.desk.test_access import patterns

NUL = "a\0b"


def _addresses() -> set[str]:
    """Return every address of the house that stands for itself."""
    found = set()
    for pattern in patterns(get_resolver()):
        with suppress(NoReverseMatch):
            found.add(reverse(pattern.name or ""))
    return found


@pytest.mark.slow
def test_no_address_of_ours_takes_a_nul(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)  # each refusal would write where it came from
    client.force_login(cast.alice)

    answers = {address: client.get(address, {"q": NUL}).status_code for address in _addresses()}

    assert len(answers) > 80
    assert {address for address, status in answers.items() if status != 400} == set()


@pytest.mark.parametrize("form", [{"text": NUL}, {NUL: "text"}])
def test_no_form_brings_one(client: Client, cast: Cast, form: dict[str, str]) -> None:
    client.force_login(cast.alice)

    for address in ("/contacts/new/", "/accounts/login/"):
        assert client.post(address, form).status_code == 400


def test_a_nul_in_a_cookie_or_in_json_is_refused_in_words(client: Client, cast: Cast) -> None:
    draft = make.draft(cast)
    client.force_login(cast.alice)
    body = '[{"label": "a\\u0000b"}]'

    answer = client.post(
        f"/envelopes/{draft.pk}/fields/save/", body, content_type="application/json"
    )
    client.cookies["signing"] = NUL

    assert answer.status_code == 400
    assert "not understood" in answer.content.decode()
    assert client.get("/accounts/login/").status_code == 400


def test_a_foreign_host_is_refused_in_words(client: Client) -> None:
    answer = client.get("/accounts/login/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "not understood" in answer.content.decode()


@pytest.mark.slow
def test_a_title_reads_as_it_is_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    paper = SimpleUploadedFile("Offer\u202efdp.exe.pdf", make.pdf())

    client.post(reverse("document-upload"), {"documents": paper})
    client.post(
        reverse("contact-create"),
        {
            "last_name": "Le\u2067duc",
            "first_name": "Jo\u200e",
            "phone": "+33612345699",
            "email": "jo@example.org",
            "type": "client",
            "responsible": cast.alice.pk,
            "language": "en",
        },
    )

    assert Document.objects.latest("pk").title == "Offerfdp.exe"
    assert Contact.objects.latest("pk").last_name == "Leduc"
    assert Contact.objects.latest("pk").first_name == "Jo\u200e"
