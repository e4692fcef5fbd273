"""The public log as strangers fetch it: plain files that lead to a signed root."""

import pytest
from django.test import Client

from paraph.journal.log.publishing import keep_log
from paraph.tlog import tree
from paraph.tlog.notes import Verifier, opened
from paraph.tlog.tiles import Tile, TileReader, entries_of
from tests.journal.log.deeds import logged
from tests.moments import NOON

pytestmark = pytest.mark.usefixtures("cast")


def _fetched(client: Client, path: str) -> bytes:
    answer = client.get(f"/log/0/{path}")
    assert answer.status_code == 200, path
    return b"".join(answer) if answer.streaming else answer.content


@pytest.mark.slow
def test_a_stranger_recomputes_the_root_from_the_files(client: Client) -> None:
    logged(300)
    key = Verifier.of(_fetched(client, "key").decode())

    said = opened(_fetched(client, "checkpoint").decode(), by=key)

    read = TileReader(said.size, lambda tile: _fetched(client, tile.path))
    assert tree.root(read, size=said.size) == said.root
    entries = entries_of(_fetched(client, Tile(0, 0).entries_path))
    assert b"".join(map(tree.leaf_hash, entries)) == _fetched(client, Tile(0, 0).path)


@pytest.mark.parametrize(
    "path", ["checkpoint", "key", "tile/0/000", "tile/0/../../../master.key", "tile/9x/000"]
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/log/7/{path}").status_code == 404
    logged(1)
    if path.startswith("tile"):
        assert client.get(f"/log/0/{path}").status_code == 404


def test_the_page_shows_the_newest_checkpoint(client: Client) -> None:
    assert b"Nothing has been signed here yet." in client.get("/log/").content
    logged(2)

    page = client.get("/log/").content.decode()

    assert keep_log(at=NOON).note.splitlines()[2] in page
