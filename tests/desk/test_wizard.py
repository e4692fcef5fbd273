"""The four steps of *+ Sign*: each is kept as it goes, and the last one sends."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paraph.signing import queries
from paraph.signing.actions.drafting import create_draft
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _begun(cast: Cast) -> Envelope:
    document = make.document(cast.alice)
    return create_draft(
        "Contract", responsible=cast.alice, documents=[document], by=cast.alice.actor, at=NOON
    )


def _parties(cast: Cast, **others: object) -> dict[str, Any]:
    return {
        "company": cast.company.pk,
        "signer": cast.erin.pk,
        "client": cast.frank.pk,
        "link_channel": "sms",
        "code_channel": "sms",
        **others,
    }


def test_an_upload_begins_a_draft(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    file = SimpleUploadedFile("Supply contract.pdf", make.pdf(pages=2))

    response = client.post("/envelopes/new/", {"files": file})

    envelope = Envelope.objects.get()
    assert response["Location"] == f"/envelopes/{envelope.pk}/parties/"
    assert envelope.title == "Supply contract"


def test_an_upload_that_is_no_document_says_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    file = SimpleUploadedFile("contract.pdf", b"PK\x03\x04" + b"0" * 200)

    response = client.post("/envelopes/new/", {"files": file})

    assert response.status_code == 422
    assert "is an archive. Unpack it" in response.content.decode()
    assert not Envelope.objects.exists()


def test_files_that_were_sent_are_offered_only_to_a_search(client: Client, cast: Cast) -> None:
    make.sent(cast)
    make.document(cast.alice, title="Price list")
    client.force_login(cast.alice)

    offered = client.get("/envelopes/new/").content.decode()
    found = client.get("/envelopes/new/?q=contr", headers=HTMX).content.decode()

    assert "Choose Price list" in offered
    assert "Choose Contract" not in offered
    assert "Choose Contract" in found
    assert "status--sent" in found


def test_a_draft_is_given_a_title_before_anything_else(client: Client, cast: Cast) -> None:
    envelope = _begun(cast)
    client.force_login(cast.alice)

    page = client.post(f"/envelopes/{envelope.pk}/title/", {"title": "Lease"}, headers=HTMX)
    empty = client.post(f"/envelopes/{envelope.pk}/title/", {"title": " "}, headers=HTMX)

    envelope.refresh_from_db()
    assert envelope.title == "Lease"
    assert '<h1 id="page-title" hx-swap-oob="true">Lease</h1>' in page.content.decode()
    assert empty.status_code == 422
    assert "Write a title." in empty.content.decode()


def test_the_client_field_completes(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    found = client.get("/envelopes/clients/?client_search=kowal", headers=HTMX).content.decode()
    nobody = client.get("/envelopes/clients/?client_search=zzz", headers=HTMX).content.decode()

    assert f'data-id="{cast.frank.pk}"' in found
    assert "Nobody fits" in nobody


def test_a_party_is_kept_before_the_other_is_chosen(client: Client, cast: Cast) -> None:
    envelope = _begun(cast)
    client.force_login(cast.alice)

    response = client.post(
        f"/envelopes/{envelope.pk}/parties/", _parties(cast, client=""), headers=HTMX
    )

    assert response.status_code == 204
    assert [party.employee for party in queries.parties_of(envelope)] == [cast.erin, None]


def test_going_on_without_a_client_is_refused_in_words(client: Client, cast: Cast) -> None:
    envelope = _begun(cast)
    client.force_login(cast.alice)

    response = client.post(f"/envelopes/{envelope.pk}/parties/", _parties(cast, client=""))

    assert response.status_code == 422
    assert "Choose the client: type a part of the name" in response.content.decode()


def test_a_party_s_language_is_chosen_and_its_link_shown_once(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    frank = make.party(envelope, name="Frank")
    address = f"/envelopes/{envelope.pk}/parties/{frank.pk}"

    client.post(f"{address}/change/", {"chosen_language": "fr"})
    kept = client.post(f"/envelopes/{envelope.pk}/parties/", _parties(cast))
    language = make.party(envelope, name="Frank").language
    client.post(f"/envelopes/{envelope.pk}/parties/", _parties(cast, client=cast.grace.pk))
    sent = make.sent(cast, parties="Frank > Erin")
    asked = make.party(sent, name="Frank")
    shown = client.post(f"/envelopes/{sent.pk}/parties/{asked.pk}/link/copy/")

    assert (kept.status_code, language) == (302, "fr")
    assert make.party(envelope, name="Grace").chosen_language == ""
    assert "/s/" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert client.get(f"/envelopes/{sent.pk}/").content.decode().count("Copy link") == 1


def test_words_are_kept_as_one_types(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    typed = {"title": "Supply", "message": "Dear Frank", "deadline_on": ""}

    response = client.post(f"/envelopes/{envelope.pk}/review/", typed, headers=HTMX)

    envelope.refresh_from_db()
    assert response.status_code == 204
    assert (envelope.title, envelope.message) == ("Supply", "Dear Frank")
    assert envelope.is_draft


def test_sending_takes_the_last_words_along(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    typed = {"title": "Supply", "message": "Dear Frank", "deadline_on": "", "send": "1"}

    client.post(f"/envelopes/{envelope.pk}/review/", typed)

    envelope.refresh_from_db()
    assert (envelope.title, envelope.status) == ("Supply", Status.SENT)


def test_what_is_missing_is_said_before_sending(client: Client, cast: Cast) -> None:
    envelope = _begun(cast)
    client.force_login(cast.alice)

    page = client.get(f"/envelopes/{envelope.pk}/review/").content.decode()

    assert "disabled" in page
    for obstacle in queries.obstacles_to_sending(envelope, at=NOON):
        assert obstacle in page


def test_what_was_sent_is_not_prepared_any_more(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)

    for step in ("document", "parties", "fields", "review"):
        assert client.get(f"/envelopes/{envelope.pk}/{step}/").status_code == 404


def test_the_last_look_keeps_the_amount(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    Envelope.objects.update(amount="12450.00", currency="EUR")
    client.force_login(cast.alice)

    client.post(f"/envelopes/{envelope.pk}/review/", {"title": "Contract", "message": "Hello"})

    kept = Envelope.objects.get()
    assert (kept.amount, kept.currency, kept.message) == (Decimal("12450.00"), "EUR", "Hello")


def test_documents_are_added_put_in_order_and_taken_out(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope, annex = _begun(cast), make.document(cast.alice, title="Annex")
    (contract,) = queries.documents_of(envelope)
    address = f"/envelopes/{envelope.pk}/document/"

    client.post(address, {"document": annex.pk})
    enclosed = f"/envelopes/{envelope.pk}/documents/{annex.pk}/"
    client.post(enclosed, {"move": "up"})
    client.post(enclosed, {"title": "Annex 1"})

    assert [it.title for it in queries.documents_of(envelope)] == ["Annex 1", "Contract"]
    client.post(enclosed, {"move": "out"})
    assert queries.documents_of(envelope) == [contract]


def test_a_person_is_added_and_acts_at_the_same_time(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope = make.draft(cast)
    address = f"/envelopes/{envelope.pk}/parties/"

    client.post(address + "add/", {"person": f"contact-{cast.grace.pk}", "role": "signer"})
    grace = make.party(envelope, name="Grace")
    client.post(f"{address}{grace.pk}/move/", {"move": "together"})
    answer = client.post(address + "group/", {"group": "2", "needed": "1"}, headers=HTMX)

    assert [party.group for party in queries.parties_of(envelope)] == [1, 2, 2]
    assert queries.needed_of(envelope) == {2: 1}
    assert b"Grace" in answer.content
    client.post(f"{address}{grace.pk}/change/", {"role": "copy"})
    assert make.party(envelope, name="Grace").role == "copy"
    client.post(f"{address}{grace.pk}/remove/")
    assert len(queries.parties_of(envelope)) == 2


def test_nobody_unseen_can_be_added(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope = make.draft(cast)

    answer = client.post(f"/envelopes/{envelope.pk}/parties/add/", {"person": "contact-99999"})

    assert answer.status_code == 422
    assert len(queries.parties_of(envelope)) == 2


def test_requisites_are_mended_on_the_spot(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    envelope = make.draft(cast)
    address = f"/envelopes/{envelope.pk}/requisites/{cast.client.pk}/"
    assert client.get(address, headers=HTMX).status_code == 200

    typed = {"name": "Borealis Ltd", "country": "GB", "street": "4 Quay", "city": "Leith"}
    answer = client.post(address, typed, headers=HTMX)

    assert answer.status_code == 204, answer.content
    cast.client.refresh_from_db()
    assert cast.client.city == "Leith"


def test_reminders_are_chosen_and_a_party_s_pages_are_shown(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope = make.draft(cast)
    days = {"first_after_days": "2", "every_days": "3", "at_most": "4"}

    client.post(f"/envelopes/{envelope.pk}/manner/", {"is_reminded": "on", **days})
    frank = make.party(envelope, name="Frank")
    words = {"words": "blue harbour 42"}
    client.post(f"/envelopes/{envelope.pk}/parties/{frank.pk}/agree/", words)
    shown = client.get(f"/envelopes/{envelope.pk}/parties/{frank.pk}/preview/")

    envelope.refresh_from_db()
    assert envelope.reminders == {"first_after_days": 2, "every_days": 3, "at_most": 4}
    assert b"<rect" in shown.content
    assert make.party(envelope, name="Frank").access_mac


def test_a_person_is_not_dropped_for_a_place_left_open(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope = make.draft(cast)
    person = {"person": f"contact-{cast.grace.pk}", "role": "signer", "is_open": "on"}

    answer = client.post(f"/envelopes/{envelope.pk}/parties/add/", person)

    assert answer.status_code == 422
    assert "or leave it open: not both" in answer.content.decode()
    assert len(queries.parties_of(envelope)) == 2


def test_an_open_place_is_not_called_the_client(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    envelope = make.draft(cast)
    client.post(f"/envelopes/{envelope.pk}/parties/add/", {"is_open": "on", "role": "signer"})
    place = queries.parties_of(envelope)[-1]

    pages = ("parties", "fields", "review", f"parties/{place.pk}/preview")
    shown = [client.get(f"/envelopes/{envelope.pk}/{page}/").content.decode() for page in pages]

    assert ["Whoever is named next" in page for page in shown] == [True] * len(pages)
