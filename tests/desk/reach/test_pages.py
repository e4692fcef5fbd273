"""What pages tell of other people's documents: as much as the level of the reader, nothing more.

Board, list, calendar, start page, team, vault, search, counters, digest and exports, level by
level: each shows the documents of exactly the places that the matrix reaches.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from paraph.batches.models import Batch
from paraph.board.batches import chosen_envelopes
from paraph.desk.attention.remedies import count_of
from paraph.digests.queries import contents_of, digest_of
from paraph.people.matrix import Level, Right
from paraph.people.models import Employee
from paraph.signing.models import Envelope, Standing
from paraph.vault.batches import chosen_files
from paraph.vault.models import SignedFile
from tests import make
from tests.cast import Cast
from tests.desk.reach import house
from tests.desk.reach.house import PLACES, REACHED, House, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = (
    *("/board/?all=1", "/board/?all=1&q=zebra", "/documents/?all=1", "/"),
    *("/envelopes/?all=1", "/envelopes/?all=1&q=zebra", "/envelopes/?all=1&attention=any"),
    *("/calendar/?span=week", "/vault/?all=1", "/search/?q=zebra"),
)


def _put_around(built: House, viewer: Viewer) -> None:
    """Let everybody around the viewer have a document that is overdue, and a signed file."""
    now = datetime.now(UTC)
    for place in PLACES:
        owner = viewer.person if place == "own" else built.owners[place]
        paper = make.document(owner, title=f"Zebra {place}")
        row = Envelope(title=f"Zebra {place}", responsible=owner, is_shared=place == "shared")
        row.status, row.standing = "sent", Standing.WITH_CLIENT
        row.created_at = row.sent_at = row.stands_since = now - timedelta(days=9)
        row.deadline_at = now - timedelta(minutes=1)
        row.make_searchable(row.title, sort_by=row.title)
        row.save()
        row.enclosures.create(document=paper, position=1)
        paper.is_shared = row.is_shared
        paper.save()
        SignedFile.objects.create(
            document=paper,
            envelope=row,
            title=row.title,
            page_count=1,
            responsible=owner,
            completed_at=now,
            is_shared=row.is_shared,
        )


def _told(client: Client) -> Iterator[tuple[str, str]]:
    """Yield every page with its words."""
    for address in PAGES:
        yield address, client.get(address).content.decode()


def _lists(person: Employee) -> Mapping[str, str]:
    """Return what counters, digests and files would hold, by their titles."""
    now = datetime.now(UTC)
    given: dict[str, object] = {"selection": {"criteria": {}}}
    batch = Batch(owner=person, kind="envelopes.export", given=given, started_at=now)
    return {
        "export of documents": _titles(chosen_envelopes(batch, at=now, right=Right.EXPORT)),
        "archive of the vault": _titles(chosen_files(batch, right=Right.EXPORT)),
        "digest": " ".join(
            it.envelope.title for it in contents_of(digest_of(person), at=now).lines
        ),
    }


def _titles(rows: Iterable[Envelope | SignedFile]) -> str:
    return " ".join(row.title for row in rows)


def _places(words: str) -> set[str]:
    return {place for place in PLACES if f"Zebra {place}" in words}


@pytest.mark.parametrize("level", Level)
def test_pages_tell_of_what_the_level_reaches(client: Client, cast: Cast, level: Level) -> None:
    built = house.build()
    viewer = next(it for it in built.levels if it.name == f"level {level.name}")
    _put_around(built, viewer)
    person = Employee.objects.select_related("department").get(pk=viewer.person.pk)
    client.force_login(person)

    seen = {name: _places(words) for name, words in (*_told(client), *_lists(person).items())}

    own = REACHED[min(level, Level.OWN)]
    wrong = {
        name: places
        for name, places in seen.items()
        if places != (own if name == "digest" else REACHED[level])
    }
    assert wrong == {}
    assert count_of(person, at=datetime.now(UTC)) == len(own)


@pytest.mark.parametrize("level", [Level.OWN, Level.DEPARTMENT, Level.ALL])
def test_the_team_and_its_lanes_are_those_within_reach(
    client: Client, cast: Cast, level: Level
) -> None:
    built = house.build()
    viewer = next(it for it in built.levels if it.name == f"level {level.name}")
    _put_around(built, viewer)
    client.force_login(viewer.person)
    client.post("/board/lanes/", {"by": "responsible"})

    team, board = (client.get(it).content.decode() for it in ("/team/", "/board/?all=1"))

    near = {place for place in REACHED[level] if place != "own"}
    for place, owner in built.owners.items():
        assert (f"responsible={owner.pk}&amp;" in team) == (place in near), place
        assert (f'data-lane="{owner.pk}"' in board) == (place in near), place
