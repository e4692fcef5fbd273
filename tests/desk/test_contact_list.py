"""The list of contacts: narrowed, arranged, sorted, kept as presets, and acted on."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph.batches.models import Batch, BatchState
from paraph.contacts.models import Contact
from paraph.people.matrix import Level, Right
from paraph.people.models import Grant, ListLayout, Preset
from tests import make
from tests.cast import Cast
from tests.desk import crowd

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


@pytest.fixture
def alice(client: Client, cast: Cast) -> Client:
    """Return the browser of somebody who may do everything with contacts."""
    client.force_login(cast.olga)
    return client


def _page(client: Client, query: str = "") -> str:
    return client.get(f"/contacts/?all=1&{query}").content.decode()


def _names(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/contacts/\d+/">([\w’]+)', page)


def _heads(page: str) -> list[str]:
    return re.findall(r'<th scope="col".*? data-name="(\w+)"', page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Kowalski", "O’Neill"]),
        ("q=wals", ["Kowalski"]),
        ("q=06+12+34+56+02", ["O’Neill"]),
        ("q=612345601", ["Kowalski"]),
        ("type=client&type=other", ["Kowalski", "O’Neill"]),
        ("type=supplier", []),
        ("company=boreal", ["Kowalski", "O’Neill"]),
        ("position=buy", []),
        ("created_from=2031-01-01", []),
        ("no_document=1", ["Kowalski", "O’Neill"]),
        ("incomplete=1", []),
    ],
)
def test_search_and_filters_narrow_the_list(alice: Client, query: str, names: list[str]) -> None:
    assert _names(_page(alice, query)) == names


def test_what_narrows_the_list_is_taken_away_again(alice: Client) -> None:
    page = _page(alice, "q=kow&type=client&type=partner")

    assert re.findall(r'class="chip"><span>([^<]+)<b>(\w+)', page) == [
        ("Contact type", "Client"),
        ("Contact type", "Partner"),
    ]
    assert 'href="/contacts/?q=kow&amp;type=partner"' in page


def test_an_empty_result_says_so_and_leads_back(alice: Client) -> None:
    page = _page(alice, "q=zzz")

    assert "Nothing fits" in page
    assert 'href="/contacts/?all=1"' in page


def test_a_head_sorts_and_the_order_is_remembered(alice: Client, cast: Cast) -> None:
    assert 'aria-sort="ascending"' in _page(alice)

    alice.post("/contacts/list/order/", {"sort": "-name"})

    page = _page(alice)
    assert _names(page) == ["O’Neill", "Kowalski"]
    assert 'aria-sort="descending"' in page
    assert alice.post("/contacts/list/order/", {"sort": "comment"}).status_code == 404


@pytest.mark.slow
def test_columns_are_chosen_moved_and_reset(alice: Client, cast: Cast) -> None:
    where = "/contacts/list/columns/"

    alice.post(where, {"columns": ["email", "name"]})
    assert _heads(_page(alice)) == ["email", "name"]

    alice.post(where, {"columns": ["email", "name"], "move": "email"})
    assert ListLayout.objects.get(owner=cast.olga).columns == ["name", "email"]

    alice.post(where, {"reset": "1"})
    assert "phone" in _heads(_page(alice))


def test_a_preset_is_kept_renamed_opened_and_deleted(alice: Client, cast: Cast) -> None:
    where = "/contacts/list/presets/?type=client"

    alice.post(where, {"save": "1", "name": "Clients", "default": "1"})
    preset = Preset.objects.get(owner=cast.olga)
    assert (preset.criteria, preset.is_default) == ({"type": ["client"]}, True)
    assert alice.get("/contacts/")["Location"] == "/contacts/?type=client"
    assert 'aria-current="true">Clients' in _page(alice, "type=client")

    alice.post(where, {"preset": preset.pk, "name": "Ours"})
    alice.post(where, {"preset": preset.pk, "default": "1"})
    assert Preset.objects.get().name == "Ours"
    assert alice.get("/contacts/").status_code == 200

    alice.post(where, {"preset": preset.pk, "delete": "1"})
    assert not Preset.objects.exists()


def test_somebody_elses_preset_is_not_found(alice: Client, cast: Cast) -> None:
    theirs = Preset.objects.create(owner=cast.bob, listing="contacts", name="Mine")

    answer = alice.post("/contacts/list/presets/", {"preset": theirs.pk, "delete": "1"})

    assert answer.status_code == 404
    assert Preset.objects.exists()


@pytest.mark.parametrize("dialog", ["filters", "columns", "presets"])
def test_each_dialog_is_also_a_page_of_its_own(alice: Client, dialog: str) -> None:
    where = f"/contacts/list/{dialog}/?type=client"

    assert "<html" in alice.get(where).content.decode()
    assert "<html" not in alice.get(where, headers=HTMX).content.decode()


def test_a_group_action_asks_first_and_then_says_what_it_did(alice: Client, cast: Cast) -> None:
    where, chosen = "/contacts/list/act/type/", {"ids": [cast.frank.pk, cast.grace.pk]}

    asked = alice.post(where, chosen).content.decode()
    assert "<b>2</b> rows are chosen." in asked
    done = alice.post(where, {**chosen, "confirmed": "1", "do-type": "partner"}, follow=True)

    assert Contact.objects.filter(type="partner").count() == 2
    assert "Change the contact type: 2 rows." in done.content.decode()
    assert f"/batches/{Batch.objects.get().pk}/undo/" in done.content.decode()


def test_all_that_fit_are_acted_on_but_nobody_else(alice: Client, cast: Cast) -> None:
    posted = {"everything": "1", "q": "kowal", "confirmed": "1", "do-responsible": cast.bob.pk}

    alice.post("/contacts/list/act/responsible/", posted)

    assert list(Contact.objects.filter(responsible=cast.bob)) == [cast.frank]


def test_what_was_refused_is_on_the_report(alice: Client, cast: Cast) -> None:
    make.sent(cast)

    answer = alice.post("/contacts/list/act/delete/", {"only": cast.frank.pk, "confirmed": "1"})

    assert answer["Location"] == f"/batches/{Batch.objects.get().pk}/"
    assert Contact.objects.filter(pk=cast.frank.pk).exists()


@pytest.mark.slow
def test_many_rows_go_on_in_the_background(alice: Client, cast: Cast) -> None:
    crowd.contacts(cast, 250)

    posted = {"everything": "1", "confirmed": "1", "do-type": "supplier"}
    alice.post("/contacts/list/act/type/", posted)

    batch = Batch.objects.get()
    assert (batch.state, batch.changed, batch.is_quiet) == (BatchState.DONE, 252, False)


def test_without_any_row_nothing_is_asked(alice: Client) -> None:
    answer = alice.post("/contacts/list/act/delete/", follow=True)

    assert "Choose at least one row first." in answer.content.decode()


def test_the_chosen_rows_go_along_to_a_page_that_goes_on(alice: Client, cast: Cast) -> None:
    answer = alice.post("/contacts/list/act/merge/", {"ids": [cast.frank.pk, cast.grace.pk]})

    assert answer["Location"] == f"/contacts/merge/?ids={cast.frank.pk},{cast.grace.pk}"


def test_who_may_only_look_finds_nothing_to_change(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)

    page = _page(client)

    assert _names(page) == ["Kowalski", "O’Neill"]
    assert 'name="ids"' not in page
    assert client.post("/contacts/list/act/delete/").status_code == 404


def test_a_row_out_of_reach_has_no_entry_for_it(client: Client, cast: Cast) -> None:
    Grant.objects.filter(role__slug="employee").update(level=Level.ALL)
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.OWN)
    Contact.objects.filter(pk=cast.grace.pk).update(responsible=cast.erin)
    client.force_login(cast.alice)

    page = _page(client)

    assert f'href="/contacts/{cast.frank.pk}/edit/"' in page
    assert f'href="/contacts/{cast.grace.pk}/edit/"' not in page


@pytest.mark.slow
def test_the_list_asks_as_often_for_one_row_as_for_thousands(alice: Client, cast: Cast) -> None:
    def queries() -> dict[str, int]:
        counts = {}
        for query in ("", "q=frank", "type=client"):
            with CaptureQueriesContext(connection) as asked:
                _page(alice, query)
            counts[query] = len(asked)
        return counts

    queries()
    for_one = queries()
    counts = []
    for more in (25, 100, 2000):
        crowd.contacts(cast, more)
        counts.append(queries())

    assert counts == [for_one] * 3
