"""Companies on the desk: requisites, and the pictures of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paraph.contacts.actions.companies import set_picture
from paraph.contacts.cards import Picture
from paraph.documents.pictures import clean_picture
from paraph.journal import SYSTEM
from tests import make
from tests.cast import Cast
from tests.moments import NOON

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

    response = client.post(f"/companies/{cast.company.pk}/", typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This IBAN has a typing mistake" in page
    assert 'value="Lyon 2"' in page


def test_who_may_only_look_cannot_change(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)
    address = f"/companies/{cast.client.pk}/"

    assert client.get(address).status_code == 200
    assert client.post(address, _requisites()).status_code == 404


def test_a_client_has_neither_director_nor_colour_of_ours(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    page = client.get(f"/companies/{cast.client.pk}/").content.decode()

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
