"""A contact's page: values edited on the spot, what happened, and nothing overwritten unseen."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.actions.fields import FieldCard, create_field
from paraph.contacts.cards import ContactCard, card_of
from paraph.contacts.models import Contact, FieldKind
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Grant, Role, RoleGiven
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _line(client: Client, contact: Contact, name: str, **typed: str) -> tuple[int, str]:
    answer = client.post(f"/contacts/{contact.pk}/lines/{name}/", typed, headers=HTMX)
    return answer.status_code, answer.content.decode()


def test_a_value_is_edited_where_it_stands(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    asked = client.get(f"/contacts/{cast.frank.pk}/lines/position/", headers=HTMX)
    status, page = _line(client, cast.frank, "position", position="Buyer", was="")

    assert 'name="position"' in asked.content.decode()
    assert (status, "Buyer" in page, "page-title" in page) == (200, True, True)
    cast.frank.refresh_from_db()
    assert (cast.frank.position, cast.frank.email) == ("Buyer", "frank@example.org")


def test_a_wrong_value_is_refused_beside_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    status, page = _line(client, cast.frank, "phone", phone="12", was=cast.frank.readable_phone)

    assert status == 422
    assert "This number has too few or too many digits." in page
    assert 'value="12"' in page


def test_a_value_that_changed_meanwhile_is_not_overwritten(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    card = replace(card_of(cast.frank), position="Director")
    edit_contact(cast.frank, card, by=cast.olga.actor, at=NOON)

    status, page = _line(client, cast.frank, "position", position="Buyer", was="")

    cast.frank.refresh_from_db()
    assert (status, cast.frank.position) == (422, "Director")
    assert "changed this to “Director” meanwhile" in page


def test_another_value_may_change_meanwhile(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    card = replace(card_of(cast.frank), comment="Called")
    edit_contact(cast.frank, card, by=cast.olga.actor, at=NOON)

    status, _page = _line(client, cast.frank, "position", position="Buyer", was="")

    cast.frank.refresh_from_db()
    assert (status, cast.frank.position, cast.frank.comment) == (200, "Buyer", "Called")


def test_the_edit_page_shows_what_changed_meanwhile(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    address = f"/contacts/{cast.frank.pk}/edit/"
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    card = replace(card_of(cast.frank), position="Director")
    edit_contact(cast.frank, card, by=cast.olga.actor, at=NOON)
    typed = {
        "last_name": "Kowalski",
        "first_name": "Frank",
        "phone": "+33612345601",
        "email": "frank@example.org",
        "type": "client",
        "responsible": cast.alice.pk,
        "language": "en",
        "position": "Buyer",
    }

    refused = client.post(address, typed | {"seen": seen[1]})
    again = re.search(r'name="seen" value="([^"]+)"', refused.content.decode())
    assert again
    kept = client.post(address, typed | {"seen": again[1]})

    assert (refused.status_code, kept.status_code) == (409, 302)
    assert "Position: Director" in refused.content.decode()


def test_an_incomplete_contact_is_completed_for_a_document(client: Client, cast: Cast) -> None:
    card = ContactCard("Okafor", "Ngozi", "", "ngozi@example.org")
    ngozi = create_contact(
        card, responsible=cast.alice, by=cast.alice.actor, at=NOON, may_be_incomplete=True
    )
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    parties = {
        "company": cast.company.pk,
        "signer": cast.erin.pk,
        "client": ngozi.pk,
        "link_channel": "sms",
        "code_channel": "sms",
    }

    refused = client.post(f"/envelopes/{envelope.pk}/parties/", parties)
    asked = client.get(f"/contacts/{ngozi.pk}/complete/", headers=HTMX).content.decode()
    client.post(f"/contacts/{ngozi.pk}/complete/", {"phone": "+44 20 7946 0018"}, headers=HTMX)
    taken = client.post(f"/envelopes/{envelope.pk}/parties/", parties)

    assert "Complete the contact first" in refused.content.decode()
    assert ('name="phone"' in asked, 'name="email"' in asked) == (True, False)
    assert taken.status_code == 302


def test_a_new_document_begins_with_the_contact_as_its_client(client: Client, cast: Cast) -> None:
    document = make.document(cast.alice)
    client.force_login(cast.alice)

    begun = client.post(f"/envelopes/new/?client={cast.grace.pk}", {"document": document.pk})
    page = client.get(begun["Location"]).content.decode()

    assert f'name="client" value="{cast.grace.pk}"' in page


def test_the_page_tells_of_documents_and_messages(client: Client, cast: Cast) -> None:
    make.completed(cast)
    client.force_login(cast.alice)

    page = client.get(f"/contacts/{cast.frank.pk}/").content.decode()
    changes = client.get(f"/timelines/contact/{cast.frank.pk}/?kind=changes", headers=HTMX)

    for words in ("Contract", "Link to sign", "Proved their identity", "Completed and sealed"):
        assert words in page
    assert "Added to the directory" in changes.content.decode()
    assert "Completed and sealed" not in changes.content.decode()


def test_further_fields_are_in_form_page_and_search(client: Client, cast: Cast) -> None:
    card = FieldCard("Tier", is_required=True, choices=("Gold", "Silver"))
    field = create_field(FieldKind.CHOICE, card, by=cast.olga.actor, at=NOON)
    client.force_login(cast.alice)

    status, _page = _line(client, cast.frank, field.key, **{field.key: "", "was": ""})
    kept = _line(client, cast.frank, field.key, **{field.key: "Gold", "was": ""})

    assert (status, kept[0]) == (422, 200)
    assert "Gold" in client.get(f"/contacts/{cast.frank.pk}/").content.decode()
    assert [it.pk for it in Contact.objects.all().matching("gold")] == [cast.frank.pk]


def _crm_only(cast: Cast) -> None:
    role = Role.objects.create(slug="crm", name="CRM")
    Grant.objects.create(role=role, section=Section.CRM, right=Right.VIEW, level=Level.ALL)
    RoleGiven.objects.create(role=role, employee=cast.mallory)


@pytest.mark.parametrize("verb", ["edit", "complete", "delete", "lines/phone"])
def test_who_may_only_look_in_the_crm_sees_contacts_and_changes_none(
    client: Client, cast: Cast, verb: str
) -> None:
    _crm_only(cast)
    client.force_login(cast.mallory)

    page = client.get(f"/contacts/{cast.frank.pk}/")

    assert page.status_code == 200
    assert f"/contacts/{cast.frank.pk}/edit/" not in page.content.decode()
    assert client.get(f"/contacts/{cast.frank.pk}/{verb}/", headers=HTMX).status_code == 404


def test_an_import_is_offered_to_those_alone_who_may_import(client: Client, cast: Cast) -> None:
    _crm_only(cast)
    role = Role.objects.get(slug="crm")
    Grant.objects.create(role=role, section=Section.CRM, right=Right.CREATE, level=Level.ALL)

    client.force_login(cast.mallory)
    offered = "/contacts/import/" in client.get("/contacts/").content.decode()
    opened = client.get("/contacts/import/").status_code
    client.force_login(cast.olga)

    assert (offered, opened) == (False, 404)
    assert "/contacts/import/" in client.get("/contacts/").content.decode()


def test_a_company_is_chosen_by_typing_a_part_of_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    found = client.get("/contacts/choose/companies/?company_text=bor", headers=HTMX)
    unknown = _line(
        client, cast.grace, "company", company="", company_text="Bor", was="Borealis Ltd"
    )
    named = _line(client, cast.grace, "company", company="", company_text="borealis ltd")
    emptied = _line(client, cast.frank, "company", company=str(cast.client.pk), company_text="")

    assert "Borealis Ltd" in found.content.decode()
    assert (unknown[0], "Choose a company of the list." in unknown[1]) == (422, True)
    assert (named[0], "Borealis Ltd" in named[1], emptied[0]) == (200, True, 200)
    cast.frank.refresh_from_db()
    assert cast.frank.company is None


def test_a_contact_page_asks_as_often_for_many_documents(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    make.sent(cast)
    address = f"/contacts/{cast.frank.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    make.sent(cast)
    make.sent(cast)

    with CaptureQueriesContext(connection) as for_three:
        client.get(address)

    assert len(for_three) == len(for_one)
