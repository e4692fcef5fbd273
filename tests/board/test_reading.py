"""Cards are found the same way whether little or much fits; the pulse misses nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paraph.board.listing import envelope_listing
from paraph.board.pulse import pulse, touched_since
from paraph.board.reading import FIRST, Reading
from paraph.journal.models import Fact
from paraph.people.models import Employee
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

ENDED = ("declined", "expired", "cancelled")
Sizes = tuple[int, int]
"""What is few, and how far it is walked."""


def _drafts(cast: Cast, count: int) -> list[str]:
    """Let drafts of Alice and of Olga stand there; the titles, the newest first."""
    model = make.draft(cast, title="Draft 00")
    for number in range(1, count):
        model.pk, model.title = None, f"Draft {number:02}"
        model.responsible = cast.alice if number % 2 else cast.olga
        model.search_text = f"draft {'teen' if 10 <= number < 20 else 'other'}"
        model.stands_since = NOON + timedelta(minutes=number)
        model.save(force_insert=True)
    return [f"Draft {number:02}" for number in reversed(range(count))]


def _read(person: Employee, sizes: Sizes, **criteria: list[str]) -> list[str]:
    """Return the titles of all drafts, page by page."""
    titles: list[str] = []
    cursor, (cap, walk) = None, sizes
    while True:
        asked = Reading(person, envelope_listing(at=NOON), criteria, cap=cap, walk=walk)
        found = asked.column(["draft"], cursor=cursor)
        titles += [it.title for it in found.envelopes]
        if (cursor := found.next) is None:
            return titles


@pytest.mark.parametrize("sizes", [(1000, 2000), (3, 2000), (3, 25), (0, 25)])
def test_pages_of_a_column_hold_everything_once(cast: Cast, sizes: Sizes) -> None:
    titles = _drafts(cast, 48)
    hers = [title for title in titles if int(title[-2:]) % 2 or title == "Draft 00"]

    assert _read(cast.olga, sizes) == titles
    assert _read(cast.alice, sizes) == hers
    tens = [title for title in titles if title.startswith("Draft 1")]
    assert _read(cast.olga, sizes, q=["teen"]) == tens
    assert _read(cast.alice, sizes, q=["teen"]) == [title for title in tens if title in hers]


def _end(cast: Cast, number: int, *, title: str) -> None:
    """Let a document end as the one of that number: each a minute later and in another way."""
    row = make.draft(cast, title=f"{title} {number:02}")
    since = NOON + timedelta(minutes=number)
    standing = ENDED[number % len(ENDED)]
    Envelope.objects.filter(pk=row.pk).update(standing=standing, stands_since=since)


def test_a_column_of_several_standings_is_in_one_order(cast: Cast) -> None:
    for number in range(27):
        _end(cast, number, title="Ended")

    found = Reading(cast.olga, envelope_listing(at=NOON), {}).column(ENDED)

    assert [it.title for it in found.envelopes] == [
        f"Ended {n:02}" for n in range(26, 26 - FIRST, -1)
    ]
    assert (found.count.number, found.count.is_capped) == (27, False)


def test_those_who_are_asked_see_what_they_are_to_sign(cast: Cast) -> None:
    envelope = make.sent(cast)
    erin = Reading(cast.erin, envelope_listing(at=NOON), {}, cap=0)

    assert [it.pk for it in erin.column(["with-us"]).envelopes] == [envelope.pk]
    assert [it.pk for it in erin.these([envelope.pk])] == [envelope.pk]
    stranger = Reading(cast.mallory, envelope_listing(at=NOON), {})
    assert stranger.these([envelope.pk]) == []


@pytest.mark.parametrize("sizes", [(1000, 2000), (3, 25), (0, 25)])
@pytest.mark.parametrize("narrowed", [{"responsible": ["abc"]}, {"department": ["999999"]}])
def test_a_word_beside_what_nothing_fits_finds_nothing(
    cast: Cast, sizes: Sizes, narrowed: dict[str, list[str]]
) -> None:
    _drafts(cast, 24)

    assert _read(cast.olga, sizes, q=["teen"], **narrowed) == []
    assert len(_read(cast.olga, sizes, q=["teen"])) == 10


def test_a_word_far_behind_is_looked_up_once_for_all_columns(cast: Cast) -> None:
    for number in range(90):
        _end(cast, number, title="Teen" if number < 9 else "Ended")

    with CaptureQueriesContext(connection) as asked:
        reading = Reading(cast.olga, envelope_listing(at=NOON), {"q": ["teen"]}, cap=0, walk=20)
        columns = reading.columns([[it] for it in ENDED])

    shown = [[it.title for it in column.envelopes] for column in columns]
    assert shown == [[f"Teen 0{n}" for n in range(6 + at, -1, -3)] for at in range(3)]
    assert max(query["sql"].count("teen") for query in asked) <= 2


def test_the_pulse_stands_still_until_something_happens(cast: Cast) -> None:
    quiet = pulse()
    assert str(pulse()) == str(quiet)

    envelope = make.draft(cast)

    now = pulse()
    assert str(now) != str(quiet)
    assert envelope.pk in (touched_since(str(quiet), now=now) or ())


def test_a_fact_that_appears_late_is_not_missed(cast: Cast) -> None:
    """PostgreSQL gives numbers before transactions end: a smaller one may come after."""
    at = NOON
    for _number in range(70):
        Fact.objects.create(event="envelope.created", at=at, actor_kind="system", commitment="0")
    newest = pulse().newest
    Fact.objects.create(
        pk=newest + 5, event="envelope.created", at=at, actor_kind="system", commitment="0"
    )
    before = pulse()

    Fact.objects.create(
        pk=newest + 2, event="envelope.created", at=at, actor_kind="system", commitment="0"
    )

    assert pulse().newest == before.newest
    assert str(pulse()) != str(before)


def test_what_happened_long_ago_is_not_told_one_by_one(cast: Cast) -> None:
    assert touched_since("", now=pulse()) is None
    assert touched_since("touched", now=pulse()) is None
