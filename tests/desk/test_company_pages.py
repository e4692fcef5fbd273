"""Companies on the desk: requisites, and the pictures of ours."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paraph.contacts.actions.companies import create_company, edit_company, set_picture
from paraph.contacts.cards import Picture, Requisites, requisites_of
from paraph.contacts.models import Company
from paraph.documents.pictures import clean_picture
from paraph.journal import SYSTEM
from paraph.people.access import Level, Right, Section
from paraph.people.models import Grant
from paraph.sales.models import Deal
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals

pytestmark = pytest.mark.slow

PICTURES: list[Picture] = ["logo", "stamp", "signature"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _requisites(**others: object) -> dict[str, object]:
    return {"name": "Ardent SAS", "country": "FR", "colour": "#0f5e57", **others}


def _send_picture(client: Client, cast: Cast, name: str, content: bytes) -> str:
    page = f"/companies/{cast.company.pk}/"
    response = client.post(
        f"{page}pictures/stamp/set/",
        {"picture": SimpleUploadedFile(name, content)},
        headers={"Referer": f"http://testserver{page}"},
        follow=True,
    )
    return response.content.decode()


@pytest.mark.slow
def test_a_stamp_is_kept_and_shown(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    page = _send_picture(client, cast, "stamp.png", make.png())

    assert "The picture is saved." in page
    picture = client.get(f"/companies/{cast.company.pk}/pictures/stamp/")
    assert picture["Content-Type"] == "image/png"


@pytest.mark.parametrize("content", [SVG, b"%PDF-1.7 nothing", b""])
def test_what_is_no_picture_is_refused_in_words(
    client: Client, cast: Cast, content: bytes
) -> None:
    client.force_login(cast.olga)

    page = _send_picture(client, cast, "stamp.png", content)

    cast.company.refresh_from_db()
    assert "toast-note--error" in page
    assert "stamp.png" in page or not content
    assert cast.company.stamp == ""


def test_a_mistyped_iban_is_refused_and_nothing_is_lost(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    typed = _requisites(iban="FR76 3000 6000 0112 3456 7890 188", city="Lyon 2")

    response = client.post(f"/companies/{cast.company.pk}/edit/", typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This IBAN has a typing mistake" in page
    assert 'value="Lyon 2"' in page


def test_who_may_only_look_cannot_change(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)
    address = f"/companies/{cast.client.pk}/"

    assert client.get(address).status_code == 200
    assert client.post(f"{address}edit/", _requisites()).status_code == 404


def test_a_client_has_neither_director_nor_colour_of_ours(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    page = client.get(f"/companies/{cast.client.pk}/edit/").content.decode()

    assert 'name="director"' not in page
    assert 'name="colour"' not in page


def test_stamp_and_signature_are_seen_by_the_director_and_who_may_edit(
    client: Client, cast: Cast
) -> None:
    sha256 = clean_picture(make.png())
    for picture in PICTURES:
        set_picture(cast.company, picture, sha256=sha256, by=SYSTEM, at=NOON)

    seen = {}
    for person in (cast.olga, cast.alice, cast.erin, cast.bob, cast.mallory):
        client.force_login(person)
        pages = [f"/companies/{cast.company.pk}/pictures/{picture}/" for picture in PICTURES]
        seen[person.first_name] = [client.get(page).status_code for page in pages]

    assert seen == {
        "Olga": [200, 200, 200],  # the administrator
        "Alice": [200, 200, 200],  # answers for the company
        "Erin": [200, 200, 200],  # its director
        "Bob": [200, 404, 404],
        "Mallory": [200, 404, 404],
    }


def test_who_may_not_see_the_stamp_is_told_that_there_is_one(client: Client, cast: Cast) -> None:
    set_picture(cast.company, "stamp", sha256=clean_picture(make.png()), by=SYSTEM, at=NOON)
    client.force_login(cast.bob)

    page = client.get(f"/companies/{cast.company.pk}/").content.decode()

    assert "Only the director and those who may edit the company see it." in page
    assert "pictures/stamp/" not in page


def test_each_country_asks_for_its_own_numbers(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    typed = {"name": "Zephyr", "country": "PL", "again": "1", "city": "Gdańsk"}

    page = client.post("/companies/new/", typed).content.decode()

    assert "REGON" in page
    assert "SIRET" not in page
    assert 'value="Gdańsk"' in page
    assert not Company.objects.filter(name="Zephyr").exists()


def test_another_country_leaves_the_form_where_it_stands(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    typed = {"name": "Zephyr", "country": "PL", "again": "1"}

    page, dialog = (
        client.post("/companies/new/", typed | more, headers={"HX-Request": "true"})
        for more in ({}, {"dialog": "1"})
    )

    assert "dialog" not in page.content.decode()
    assert 'hx-target="#dialog-body"' in dialog.content.decode()
    assert "sheet__head" not in dialog.content.decode()


def test_a_wrong_number_is_refused_in_words_and_kept_if_it_was_there(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.alice)
    card = Requisites("Zephyr", country="PL", tax_number="526 000 00 00")
    company = create_company(
        card, is_ours=False, responsible=cast.alice, by=cast.alice.actor, at=NOON
    )
    page = f"/companies/{company.pk}/edit/"
    typed = {"name": "Zephyr", "country": "PL", "tax_number": "526 000 00 00", "city": "Sopot"}

    wrong = client.post(page, typed | {"further_regon": "12"})
    kept = client.post(page, typed)

    company.refresh_from_db()
    assert (wrong.status_code, kept.status_code, company.city) == (422, 302, "Sopot")
    assert "too few or too many digits" in wrong.content.decode()
    shown = client.get(f"/companies/{company.pk}/").content.decode()
    assert "One digit of this number is wrong" in shown


def test_somebody_alike_is_shown_before_a_company_is_added_twice(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.alice)
    typed = {"name": "borealis LTD", "country": "GB"}

    asked = client.post("/companies/new/", typed)
    taken = client.post(
        "/companies/new/", {"instead": cast.client.pk}, headers={"HX-Request": "true"}
    )
    client.post("/companies/new/", typed | {"anyway": "1"})

    assert "Is it one of these?" in asked.content.decode()
    assert f'"id": {cast.client.pk}' in taken["HX-Trigger"]
    assert Company.objects.clients().count() == 2


def test_the_same_tax_number_is_seen_however_it_is_written(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    typed = {"name": "Zephyr", "country": "PL", "tax_number": "5260250995"}
    client.post("/companies/new/", typed)

    asked = client.post(
        "/companies/new/", typed | {"name": "Zefir", "tax_number": "PL 526-025-09-95"}
    )

    assert "Is it one of these?" in asked.content.decode()


def test_a_company_shows_its_people_deals_and_documents(client: Client, cast: Cast) -> None:
    deal, envelope = deals.deal(cast), make.sent(cast)
    client.force_login(cast.alice)

    page = client.get(f"/companies/{cast.client.pk}/").content.decode()

    assert f"/deals/{deal.pk}/" in page
    assert f"/envelopes/{envelope.pk}/" in page
    assert "Frank Kowalski" in page


def test_deals_out_of_reach_are_not_named_in_the_timeline(client: Client, cast: Cast) -> None:
    deals.deal(cast, title="Take-over of Borealis")
    Deal.objects.update(responsible=cast.erin)
    Grant.objects.filter(section=Section.CRM, right=Right.VIEW).update(level=Level.OWN)
    client.force_login(cast.alice)

    page = client.get(f"/companies/{cast.client.pk}/").content.decode()

    assert "Borealis" in page
    assert "Take-over of Borealis" not in page


def test_a_company_with_deals_stays(client: Client, cast: Cast) -> None:
    deals.deal(cast)
    client.force_login(cast.alice)

    answer = client.post(f"/companies/{cast.client.pk}/delete/")

    assert answer.status_code == 409
    assert Company.objects.filter(pk=cast.client.pk).exists()


def test_only_our_own_companies_seal_and_only_who_may_change_settings(
    client: Client, cast: Cast
) -> None:
    ours, theirs = (f"/companies/{it.pk}/seal/remove/" for it in (cast.company, cast.client))
    answers = []
    for person, address in ((cast.olga, ours), (cast.olga, theirs), (cast.bob, ours)):
        client.force_login(person)
        answers.append(client.post(address).status_code)

    assert answers == [302, 404, 404]


def test_requisites_a_colleague_changed_meanwhile_are_shown_first(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.olga)
    page = f"/companies/{cast.company.pk}/edit/"
    seen = re.findall(r'name="seen" value="([^"]+)"', client.get(page).content.decode())[0]
    other = replace(requisites_of(cast.company), city="Rouen")
    edit_company(cast.company, other, by=cast.alice.actor, at=NOON)

    refused = client.post(page, _requisites(seen=seen, street="1 quai du Port"))

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "City: Rouen" in text
    assert 'value="1 quai du Port"' in text
    cast.company.refresh_from_db()
    assert (cast.company.city, cast.company.street) != ("", "1 quai du Port")
