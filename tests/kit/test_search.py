"""Search that forgives case and accents, and lists that open anywhere."""

from typing import Any, cast

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from paraph.kit.models import Searchable
from paraph.kit.paging import Keyset, capped_count
from paraph.kit.search import SearchQuerySet, normalise
from tests.kit import things
from tests.kit.things import Thing

BY_NAME = Keyset(("sort_key", "id"))


@pytest.fixture
def _table(db: None) -> None:
    things.make_table()


def found(text: str) -> list[str]:
    return [thing.sort_key for thing in Thing.objects.matching(text).order_by("sort_key")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Żółć", "zolc"),
        ("Straße", "strasse"),
        ("  Zoë   NOWAK ", "zoe nowak"),
        ("ÆON Søren Đorđe", "aeon soren dorde"),
        ("ŁÓDŹ", "lodz"),
        ("ﬁnal №5", "final no5"),
    ],
)
def test_search_sees_neither_case_nor_accents(text: str, seen: str) -> None:
    assert normalise(text) == seen


@pytest.mark.slow
@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.usefixtures("_table")
def test_every_word_is_found_anywhere() -> None:
    things.make("Zoë Nowak-Kowalska", "Zenon Nowicki", "Anna Kowalska")

    assert found("kowal") == ["anna kowalska", "zoe nowak-kowalska"]
    assert found("KOWAL zoë") == ["zoe nowak-kowalska"]
    assert found("zo nowak") == ["zoe nowak-kowalska"]
    assert found("nobody") == []
    assert len(found("")) == 3


@pytest.mark.usefixtures("_table")
def test_what_no_index_is_asked_for_is_told_apart_all_the_same() -> None:
    things.make("holville.example", "holville.ex", "holville.external", "wolf.example")

    assert found("holville.exa") == ["holville.example"]
    assert found("lf.example") == ["wolf.example"]
    assert found("olville.exa") == ["holville.example"]
    assert found("ville.exa") == ["holville.example"]
    assert found("ville.e olvil") == ["holville.ex", "holville.example", "holville.external"]


@pytest.mark.usefixtures("_table")
def test_one_or_two_letters_match_the_beginning() -> None:
    things.make("Zoë Nowak", "Enzo")

    assert found("zo") == ["zoe nowak"]
    assert found("z") == ["zoe nowak"]


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize("text", ['say "hi"', "50%_off", "back\\slash", "AND OR NOT", "a*b ^c"])
def test_signs_mean_themselves(text: str) -> None:
    things.make(text, "50 of anything")

    assert found(text) == [normalise(text)]


@pytest.mark.usefixtures("_table")
def test_the_index_follows_changes_and_deletions() -> None:
    first, second = things.make("Erin", "Frank")
    first.make_searchable("Grace", sort_by="Grace")
    first.save()
    second.delete()

    assert found("erin") == found("frank") == []
    assert found("grace") == ["grace"]


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize("descending", [False, True])
def test_pages_lead_through_the_whole_list_and_back(descending: bool) -> None:
    things.make(*"edcbaba")
    order = Keyset(("sort_key", "id"), descending=descending)

    page = order.page(Thing.objects.all(), size=3)
    pages = [page]
    while page.next:
        page = order.page(Thing.objects.all(), cursor=page.next, size=3)
        pages.append(page)
    back = order.page(Thing.objects.all(), cursor=pages[-1].previous, size=3)

    letters = "".join(thing.sort_key for page in pages for thing in page)
    assert letters == ("edcbbaa" if descending else "aabbcde")
    assert [len(page) for page in pages] == [3, 3, 1]
    assert back.rows == pages[1].rows
    assert pages[0].previous is None


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize("cursor", ["", "nonsense", "W10", "bnVsbA", "WyI-IiwiYSIsImIiLCJjIl0"])
def test_a_cursor_that_makes_no_sense_opens_the_first_page(cursor: str) -> None:
    things.make("a", "b")

    page = BY_NAME.page(Thing.objects.all(), cursor=cursor)

    assert [thing.sort_key for thing in page] == ["a", "b"]


@pytest.mark.usefixtures("_table")
def test_counting_stops_where_it_is_not_worth_it() -> None:
    things.make(*"abcde")

    assert (capped_count(Thing.objects.all(), cap=3).number, True) == (3, True)
    assert capped_count(Thing.objects.all(), cap=3).is_capped
    assert not capped_count(Thing.objects.all(), cap=5).is_capped


@pytest.mark.django_db
def test_every_searchable_table_has_its_index() -> None:
    models = [it for it in apps.get_models() if issubclass(it, Searchable) and it._meta.managed]

    assert {model.__name__ for model in models if not _is_indexed(model)} == set()


def _is_indexed(model: type[Model]) -> bool:
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        query = f"SELECT indexname FROM pg_indexes WHERE tablename = '{table}'"
        rows = cast("SearchQuerySet[Any]", model._default_manager.all())
        walked = ("walk", "walk_long") if rows.IS_WALKED else ()
        wanted = {f"{table}_{name}" for name in ("trigram", *walked)}
    else:
        query = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        wanted = {f"{table}_fts_{verb}" for verb in ("insert", "update", "delete")}
    with connection.cursor() as cursor:
        cursor.execute(query)
        return wanted <= {row[0] for row in cursor.fetchall()}
