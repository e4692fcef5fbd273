"""Lists: what they understand of a question, what they keep, and how a page is found quickly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from paraph.kit import finding
from paraph.kit.filters import MOST_VALUES, Contains, Flag, OneOf, Period
from paraph.kit.finding import Search
from paraph.kit.listing import Column, Listing, Selection
from paraph.people.models import Employee
from tests.cast import Cast
from tests.kit import things
from tests.kit.things import Thing

THINGS = Listing[Thing](
    "things",
    columns=[
        Column("name", "Name", lambda it: it.sort_key, sort="sort_key"),
        Column("size", "Size", lambda it: len(it.sort_key), is_default=False),
    ],
    filters=[
        OneOf("letter", "Letter", "sort_key", lambda _person: [("a", "A")]),
        Contains("part", "Part", "sort_key"),
        Flag("short", "Short", Q(sort_key__lt="c")),
    ],
)
PEOPLE = Listing[Employee]("people", columns=[], filters=[Period("joined", "Joined", "joined_at")])


@pytest.fixture
def _table(db: None) -> None:
    things.make_table()


def _found(search: Search[Thing]) -> list[str]:
    return [thing.sort_key for thing in search.find().page]


def test_a_question_keeps_what_the_list_understands() -> None:
    asked = QueryDict("q= Dupont &letter=a&letter=a&letter=&nonsense=1&short=on&part=")

    assert THINGS.criteria(asked) == {"q": ["Dupont"], "letter": ["a"], "short": ["1"]}
    assert THINGS.criteria({"q": "x", "letter": ["b"]}) == {"q": ["x"], "letter": ["b"]}


def test_more_than_a_list_narrows_by_is_told() -> None:
    asked = {"letter": [str(number) for number in range(MOST_VALUES + 1)], "part": ["x"]}

    assert THINGS.overfull(asked) == ["Letter"]
    assert THINGS.overfull({"letter": ["a", "b"]}) == []
    assert len(THINGS.criteria(asked)["letter"]) == MOST_VALUES


def test_two_days_the_wrong_way_round_are_turned() -> None:
    asked = {"joined_from": "2026-11-30", "joined_until": "2026-11-01"}

    kept = {"joined_from": ["2026-11-01"], "joined_until": ["2026-11-30"]}
    assert PEOPLE.criteria(asked) == kept


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_left_out(day: str) -> None:
    assert PEOPLE.criteria({"joined_from": day}) == {}


@pytest.mark.usefixtures("cast")
def test_a_day_begins_where_the_reader_is() -> None:
    before_midnight_in_paris = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    Employee.objects.update(joined_at=before_midnight_in_paris)
    first = PEOPLE.criteria({"joined_from": "2026-03-01", "joined_until": "2026-03-01"})

    with timezone.override("Europe/Paris"):
        in_paris = PEOPLE.narrow(Employee.objects.all(), first).exists()
    with timezone.override("Asia/Tokyo"):
        in_tokyo = PEOPLE.narrow(Employee.objects.all(), first).exists()

    assert (in_paris, in_tokyo) == (True, False)


@pytest.mark.usefixtures("_table")
def test_filters_and_search_narrow_together() -> None:
    things.make("anna able", "bert able", "carl able")
    rows = Thing.objects.all()

    for criteria, names in (
        ({"q": ["able"], "short": ["1"]}, ["anna able", "bert able"]),
        ({"part": ["ERT a"]}, ["bert able"]),
        ({"part": ["ca"]}, ["carl able"]),
        ({"q": ["an able"]}, ["anna able"]),
        ({"q": ["an able"], "part": ["able"]}, ["anna able"]),
        ({"letter": ["anna able"]}, ["anna able"]),
    ):
        assert _found(Search(THINGS, rows, criteria)) == names


def test_a_touched_address_finds_nothing(cast: Cast) -> None:
    mine = Listing[Employee](
        "people", columns=[], filters=[OneOf("id", "Id", "pk", lambda _person: [])]
    )

    for touched in ("x", "9" * 30, "-" + "9" * 30, "9" * 5_000):
        assert not mine.narrow(Employee.objects.all(), {"id": [touched]}).exists()
    assert mine.narrow(Employee.objects.all(), {"id": [str(cast.bob.pk)]}).get() == cast.bob


def test_columns_are_those_chosen_or_the_usual_ones() -> None:
    def names(*chosen: str) -> list[str]:
        return [column.name for column in THINGS.columns_chosen(chosen)]

    assert names("size", "name", "size", "gone") == ["size", "name"]
    assert names("gone") == names() == ["name"]


def test_an_order_that_makes_no_sense_is_the_usual_one() -> None:
    assert [THINGS.sort(asked) for asked in ("-name", "size", "", "-x")] == [
        "-name",
        "name",
        "name",
        "name",
    ]


@pytest.mark.usefixtures("_table")
def test_a_selection_survives_being_written_down() -> None:
    first, second, third = things.make("anna", "annabel", "bert")
    some = Selection(ids=(first.pk, third.pk))
    most = Selection(criteria={"q": ["ann"]}, but=(second.pk,))

    kept = [
        list(THINGS.selected(Thing.objects.order_by("id"), Selection.from_json(each.to_json())))
        for each in (some, most)
    ]

    assert kept == [[first, third], [first]]


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize(
    "ways",
    [
        finding.Ways(),
        finding.Ways(cap=3),
        finding.Ways(cap=3, stretch=5, near=0),
        finding.Ways(cap=3, stretch=0),
    ],
)
@pytest.mark.parametrize("word", ["able", "immeasurable"])
@pytest.mark.parametrize("sort", ["name", "-name"])
def test_every_way_to_a_page_leads_to_the_same_rows(
    ways: finding.Ways, word: str, sort: str
) -> None:
    words = {letter: word if letter in "adehpq" else "immeasurer" for letter in "abcdefghpq"}
    names = [f"{letter} {said}" for letter, said in words.items()]
    things.make(*names)
    expected = sorted((it for it in names if word in it), reverse=sort == "-name")

    pages, cursor = [], None
    while True:
        found = Search(THINGS, Thing.objects.all(), {"q": [word]}, sort, cursor, 2).find(ways)
        pages.append([it.sort_key for it in found.page])
        if (cursor := found.page.next) is None:
            break

    assert [name for page in pages for name in page] == expected


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize("cap", [1000, 3])
def test_words_within_a_filters_index_are_looked_for_in_its_rows(cap: int) -> None:
    part = Contains("part", "Part", "sort_key", within=("letter",))
    mine = replace(THINGS, filters=[part, OneOf("letter", "Letter", "sort_key", lambda _it: [])])
    things.make(*(f"{letter} able" for letter in "abcdefgh"), "able none")
    asked = {"part": ["able"], "letter": ["b able", "c able", "e able", "g able", "no"]}

    found = Search(mine, Thing.objects.all(), asked, size=3).find(finding.Ways(cap=cap))

    assert mine.is_within(asked)
    assert not mine.is_within({"part": ["able"]})
    assert not mine.is_within({**asked, "q": ["able"]})
    assert [it.sort_key for it in found.page] == ["b able", "c able", "e able"]


@pytest.mark.slow
@pytest.mark.usefixtures("_table")
def test_a_page_asks_twice_however_many_rows_fit() -> None:
    counts = set()
    for more in (3, 60, 1200):
        things.make(*(f"{more} able {number}" for number in range(more)))
        for criteria in ({}, {"q": ["able"]}):
            with CaptureQueriesContext(connection) as asked:
                Search(THINGS, Thing.objects.all(), criteria).find()
            counts.add(len(asked))

    assert counts == {2}
