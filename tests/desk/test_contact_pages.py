"""Contacts on the desk: what the form refuses, keeps and warns of; the dialog over the wizard."""

import json
import re

import pytest
from django.test import Client

from paraph.contacts.models import Contact
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

DIALOG = {"HX-Request": "true"}


def _typed(cast: Cast, **others: object) -> dict[str, object]:
    return {
        "last_name": "Okafor",
        "first_name": "Ngozi",
        "phone": "+44 20 7946 0018",
        "email": "ngozi@example.org",
        "type": "client",
        "responsible": cast.alice.pk,
        "language": "en",
        **others,
    }


def test_a_new_contact_leads_to_its_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    response = client.post("/contacts/new/", _typed(cast))

    contact = Contact.objects.get(last_name="Okafor")
    assert response["Location"] == f"/contacts/{contact.pk}/"
    assert contact.phone == "+442079460018"
    assert "Ngozi Okafor" in client.get(f"/contacts/{contact.pk}/").content.decode()


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("12", "This number has too few or too many digits."),
        ("call me", "Write a phone number, like +33 6 12 34 56 78."),
        ("", "Write the phone number: the link to sign is sent there."),
    ],
)
def test_a_wrong_phone_is_refused_in_words_and_nothing_is_lost(
    client: Client, cast: Cast, phone: str, sentence: str
) -> None:
    client.force_login(cast.alice)

    response = client.post("/contacts/new/", _typed(cast, phone=phone, comment="Met in Lagos"))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Okafor"' in page
    assert "Met in Lagos" in page
    assert not Contact.objects.filter(last_name="Okafor").exists()


@pytest.mark.parametrize(
    "same",
    [
        {"email": "FRANK@example.org"},
        {"phone": "+33 6 12 34 56 01"},
        {"first_name": "frank", "last_name": "kowalski"},
    ],
)
def test_a_likely_duplicate_is_shown_first(
    client: Client, cast: Cast, same: dict[str, str]
) -> None:
    client.force_login(cast.alice)

    response = client.post("/contacts/new/", _typed(cast, **same))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Is it one of these?" in page
    assert f"/contacts/{cast.frank.pk}/" in page


def test_who_insists_creates_the_duplicate(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    client.post("/contacts/new/", _typed(cast, email="frank@example.org", anyway="1"))

    assert Contact.objects.filter(email="frank@example.org").count() == 2


def test_who_recognises_the_contact_takes_the_one_that_is_there(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.alice)

    response = client.post(
        "/contacts/new/", _typed(cast, instead=str(cast.frank.pk)), headers=DIALOG
    )

    assert json.loads(response["HX-Trigger"])["contact-created"]["id"] == cast.frank.pk
    assert Contact.objects.count() == 2


def test_the_dialog_tells_the_page_whom_it_created(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    response = client.post("/contacts/new/", _typed(cast), headers=DIALOG)

    news = json.loads(response["HX-Trigger"])
    contact = Contact.objects.get(last_name="Okafor")
    assert response.status_code == 204
    assert news["contact-created"] == {"id": contact.pk, "name": "Ngozi Okafor"}
    assert "dialog-close" in news


def test_the_dialog_is_only_a_piece_of_a_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get("/contacts/new/", headers=DIALOG).content.decode()

    assert "<html" not in page
    assert 'hx-post="/contacts/new/"' in page


def test_while_somebody_types_only_the_rows_come(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get("/contacts/?q=kowal", headers=DIALOG).content.decode()

    assert "<html" not in page
    assert "Kowalski" in page
    assert "O’Neill" not in page


def test_an_edited_contact_says_on_its_timeline_what_changed(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    typed = _typed(cast, last_name="Kowalski", first_name="Frank", position="Buyer")

    client.post(f"/contacts/{cast.frank.pk}/edit/", typed)

    page = client.get(f"/contacts/{cast.frank.pk}/").content.decode()
    assert "Contact edited" in page
    assert "Buyer" in page


def test_the_dialog_uses_no_id_of_the_page_below_it(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)

    below = client.get(f"/envelopes/{envelope.pk}/parties/").content.decode()
    dialog = client.get("/contacts/new/", headers=DIALOG).content.decode()

    found = re.compile(r' id="([^"]+)"')
    assert "new_contact_company_text" in found.findall(dialog)
    assert set(found.findall(dialog)).isdisjoint(found.findall(below))


def test_a_contact_brings_a_company_along(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    client.post("/contacts/new/", _typed(cast, new_company="Harbour Ltd"))

    contact = Contact.objects.get(last_name="Okafor")
    assert contact.company is not None
    assert (contact.company.name, contact.company.is_ours) == ("Harbour Ltd", False)


def test_a_contact_has_one_company(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    both = _typed(cast, company=cast.client.pk, new_company="Harbour Ltd")

    page = client.post("/contacts/new/", both)

    assert page.status_code == 422
    assert "Choose a company or write a new one, not both." in page.content.decode()
