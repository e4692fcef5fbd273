"""Pages that PostgreSQL finds along its index of names and texts are those found otherwise."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paraph.kit.finding import Search, Ways
from paraph.kit.paging import Count, Keyset
from paraph.kit.walking import is_walked, keys_along
from tests.kit import things
from tests.kit.test_listing import THINGS
from tests.kit.things import Thing
from tests.parallel import postgres_database as postgres_database

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.usefixtures("postgres_database"),
]
LONG = "".join(chr(0x4E00 + number % 20_000) for number in range(4_000))
"""No index of PostgreSQL holds so much in a row, even packed."""


def _every_page(word: str, sort: str, ways: Ways) -> list[int]:
    """Return what is found from page to page, and that the way back is the same."""
    keys: list[int] = []
    cursor = None
    while True:
        search = Search(THINGS, Thing.objects.all(), {"q": [word]}, sort, cursor, 4)
        found = search.find(ways)
        if found.page.previous:
            back = Search(THINGS, search.rows, search.criteria, sort, found.page.previous, 4)
            assert [it.pk for it in back.find(ways).page] == keys[-4:]
        keys += [it.pk for it in found.page]
        if (cursor := found.page.next) is None:
            return keys


def test_every_way_leads_to_the_same_rows() -> None:
    things.make_table()
    chance = random.Random(20260302)
    said = ("able wolf.example", "immeasurable woolf.example", f"{LONG} able", f"{LONG} immeasure")
    things.make(*(f"{number // 3:02} {chance.choice(said)}" for number in range(24)))
    # Some of them have the same name; so many rows may stand on two pages, or on none.
    made = list(Thing.objects.order_by("sort_key", "pk"))

    for word in ("able", "immeas wool", "wolf.example", "olf.exa"):
        expected = [it.pk for it in made if all(part in it.search_text for part in word.split())]
        for sort in ("name", "-name"):
            for ways in (
                Ways(cap=3),
                Ways(cap=3, glance=1),
                Ways(cap=3, glance=6, read=10),
                Ways(cap=3, glance=1, read=0),
                Ways(cap=3, glance=1, read=6),
                Ways(cap=3, glance=1, read=6, rare=6),
            ):
                found = _every_page(word, sort, ways)
                assert found == (expected if sort == "name" else expected[::-1]), (word, ways)


def test_words_of_rows_that_lie_apart_are_looked_up_once() -> None:
    things.make_table()
    things.make(*(f"{number:02} {'able' if number % 3 else 'wolf'}" for number in range(60)))

    search = Search(THINGS, Thing.objects.all(), {"q": ["wolf"]}, "name", None, 4)
    with CaptureQueriesContext(connection) as asked:
        found = search.find(Ways(cap=10, glance=4, read=8))

    assert [it.sort_key for it in found.page] == ["00 wolf", "03 wolf", "06 wolf", "09 wolf"]
    assert found.count == Count(10, is_capped=True)
    assert sum("LIKE" in it["sql"] for it in asked.captured_queries) == 1


def test_texts_are_read_from_the_index_alone() -> None:
    things.make_table()
    things.make(*(f"{number:05} able" for number in range(300)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE kit_thing")

    rows, keyset = Thing.objects.all(), THINGS.keyset("name")
    with CaptureQueriesContext(connection) as asked:
        keys_along(rows, keyset, text="able", cursor=None, stretch=100, most=5)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked.captured_queries[0]['sql']}")
        plan = "".join(row[0] for row in cursor.fetchall())

    assert "Index Only Scan using kit_thing_walk on" in plan
    assert "Index Scan using kit_thing_walk_long" in plan
    assert is_walked(rows, keyset, text="able")
    assert not is_walked(rows, keyset, text="ab")
    assert not is_walked(rows, Keyset(("id",)), text="able")
