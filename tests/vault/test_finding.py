"""Signed files are found by what their pages say, on both databases alike."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph.kit.finding import Search, Ways
from paraph.people.models import Employee
from paraph.vault import jobs
from paraph.vault.actions.filing import begin_reading
from paraph.vault.listing import vault_listing
from paraph.vault.models import FullText, Retention, SignedFile, TextState
from paraph.vault.passages import passage_in
from paraph.vault.words import Sought
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals
from tests.vault.house import signed

pytestmark = pytest.mark.slow

LEASE = ("Bail commercial entre les soussignés", "Le loyer s’élève à 12 500 € par an, Łódź")


def found(person: Employee, **criteria: str) -> set[str]:
    """Return the titles that the list shows for these criteria, whichever way it looks."""
    listing = vault_listing()
    asked = listing.criteria(criteria)
    rows = SignedFile.objects.visible_to(person)
    search = Search(listing, rows, asked)
    walked = search.find(Ways(cap=0, stretch=4000, rare=0)).page
    titles = {row.title for row in search.find().page}
    assert titles == {row.title for row in walked}
    return titles


@pytest.mark.parametrize(
    "text",
    [
        "loyer",
        "LOYER bail",
        "eleve",
        "lodz",
        "12 500",
        "12.500",
        '"par an"',
        "soussig",
        "Lease",
        "Kowalski",
    ],
)
def test_a_file_is_found_by_words_of_its_pages_title_or_parties(cast: Cast, text: str) -> None:
    signed(cast, title="Lease", pages=LEASE)
    signed(cast, title="Other", pages=("Rien",))

    expected = {"Lease", "Other"} if text == "Kowalski" else {"Lease"}
    assert found(cast.alice, q=text) == expected


@pytest.mark.parametrize("text", ['"an par"', '"loye"', "oyer", "loyer xyz", '" OR "', "(", "--"])
def test_what_no_page_says_finds_nothing(cast: Cast, text: str) -> None:
    signed(cast, title="Lease", pages=LEASE)

    assert found(cast.alice, q=text) == set()


def test_a_passage_names_the_page_and_marks_the_words() -> None:
    passage = passage_in(LEASE, Sought("loyer lodz"))

    assert passage
    assert passage.page == 2
    assert [piece.text for piece in passage.pieces if piece.is_marked] == ["loyer", "Łódź"]
    assert "".join(piece.text for piece in passage.pieces) == LEASE[1]


def test_the_page_shows_where_the_words_stand_and_leads_there(cast: Cast, client: Client) -> None:
    file = signed(cast, title="Lease", pages=LEASE)
    client.force_login(cast.alice)

    page = client.get("/vault/?q=loyer").content.decode()

    assert f'href="/vault/{file.pk}/?page=2#page-2"' in page
    assert "<mark>loyer</mark>" in page


def test_filters_narrow_by_client_class_period_and_what_goes(cast: Cast) -> None:
    signed(cast, title="Old", at=NOON - timedelta(days=3000))
    signed(cast, title="New")
    Retention.objects.create(document_class="other", years=10, since=NOON)
    goes = (NOON + timedelta(days=3650 - 2900)).date().isoformat()

    assert found(cast.alice, client="boreal") == {"Old", "New"}
    assert found(cast.alice, client="nobody") == set()
    assert found(cast.alice, **{"class": "invoice"}) == set()
    assert found(cast.alice, completed_from=NOON.date().isoformat()) == {"New"}
    assert found(cast.alice, goes_until=goes) == {"Old"}
    assert found(cast.alice, amount_from="1") == set()


def test_whose_envelope_it_is_decides_who_finds_it(cast: Cast) -> None:
    signed(cast, title="Lease", pages=LEASE, owner=cast.erin)

    assert found(cast.bob, q="loyer") == {"Lease"}
    assert found(cast.mallory, q="loyer") == set()
    assert found(cast.alice, q="loyer") == set()


def test_the_list_asks_as_often_for_three_files_as_for_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    asked = []
    for titles in (["One"], ["Two", "Three"]):
        for title in titles:
            signed(cast, title=title, pages=LEASE)
        client.get("/vault/?q=loyer")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/vault/?q=loyer").status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.slow
def test_what_is_completed_comes_into_the_vault_and_is_read(cast: Cast, client: Client) -> None:
    envelope = make.completed(cast)
    file = SignedFile.objects.get(envelope=envelope)
    assert file.text_state == TextState.WAITING

    jobs.read_files(envelope_id=envelope.pk)

    file.refresh_from_db()
    assert file.text_state == TextState.READ
    assert "contract" in FullText.objects.get(file=file).words
    client.force_login(cast.alice)
    for address in ("", "text/", "pages/1/", "certificate/"):
        assert client.get(f"/vault/{file.pk}/{address}").status_code == 200
    assert client.get(f"/vault/{file.pk}/file/").status_code == 404
    client.force_login(cast.olga)
    for address in ("file/", "evidence/"):
        answer = client.get(f"/vault/{file.pk}/{address}")
        assert answer.status_code == 200 and b"".join(answer)  # read, so that its file is closed


def test_what_cannot_be_read_again_and_again_is_given_up(cast: Cast) -> None:
    file = signed(cast)
    SignedFile.objects.update(text_state=TextState.WAITING)

    tries = [begin_reading(SignedFile.objects.get(pk=file.pk)) for _time in range(6)]

    assert tries == [True, True, True, True, True, False]
    assert SignedFile.objects.get(pk=file.pk).text_state == TextState.UNREADABLE


def test_a_deal_is_named_to_whom_sees_it_alone(cast: Cast) -> None:
    file = signed(cast)
    SignedFile.objects.update(deal=deals.deal(cast, title="Take-over"))
    column = next(it for it in vault_listing().columns if it.name == "deal")

    told = [
        column.value(SignedFile.objects.naming_deals(person).get(pk=file.pk))
        for person in (cast.olga, cast.mallory)
    ]

    assert told == ["Take-over", None]
