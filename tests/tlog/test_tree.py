"""The Merkle tree: known roots, and proofs that hold for what is there and for nothing else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.tlog import tree
from paraph.tlog.tiles import HEIGHT, WIDTH, Tile, TileReader, bundle, entries_of, tiles_between

# The entries and roots that RFC 6962 logs are commonly tested with.
ENTRIES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243")]
ROOT_OF_ONE = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
ROOT_OF_THREE = "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
ROOT_OF_SIX = "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"

sizes = st.integers(min_value=1, max_value=700)


def _leaves(size: int) -> list[bytes]:
    return [tree.leaf_hash(str(number).encode()) for number in range(size)]


class _Tiles:
    """Tiles of a log of this size, made the slow way."""

    def __init__(self, size: int) -> None:
        self.rows = [_leaves(size)]
        while len(self.rows[-1]) >= WIDTH:
            below = self.rows[-1]
            full = range(0, len(below) - WIDTH + 1, WIDTH)
            self.rows.append([tree.root_of(below[at : at + WIDTH]) for at in full])

    def read(self, tile: Tile) -> bytes:
        row = self.rows[tile.level][tile.index * WIDTH :]
        return b"".join(row[: tile.width])


def _reader(size: int) -> TileReader:
    return TileReader(size, _Tiles(size).read)


@pytest.mark.parametrize(
    ("size", "expected"), [(1, ROOT_OF_ONE), (3, ROOT_OF_THREE), (6, ROOT_OF_SIX)]
)
def test_the_root_is_the_one_that_other_logs_compute(size: int, expected: str) -> None:
    root = tree.root_of(map(tree.leaf_hash, ENTRIES[:size]))

    assert root.hex() == expected


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert tree.root_of([]) == sha256(b"").digest()


@given(size=sizes)
def test_tiles_lead_to_the_same_root_as_the_leaves(size: int) -> None:
    assert tree.root(_reader(size), size=size) == tree.root_of(_leaves(size))


@given(size=sizes, data=st.data())
def test_every_entry_is_proven_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    reader = _reader(size)
    root, leaves = tree.root(reader, size=size), _leaves(size)

    proof = tree.inclusion_proof(reader, index=index, size=size)

    tree.check_inclusion(leaves[index], index=index, size=size, proof=proof, root=root)
    with pytest.raises(tree.NotProven):
        other = tree.leaf_hash(b"another")
        tree.check_inclusion(other, index=index, size=size, proof=proof, root=root)
    if size > 1:
        with pytest.raises(tree.NotProven):
            elsewhere = (index + 1) % size
            tree.check_inclusion(leaves[index], index=elsewhere, size=size, proof=proof, root=root)


@given(size=sizes, data=st.data())
def test_a_log_that_has_grown_proves_its_past(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    reader, leaves = _reader(size), _leaves(size)
    before, now = tree.root_of(leaves[:old]), tree.root_of(leaves)

    proof = tree.consistency_proof(reader, old=old, new=size)

    tree.check_consistency(old=old, new=size, proof=proof, old_root=before, new_root=now)
    with pytest.raises(tree.NotProven):
        forged = tree.root_of([*leaves[: old - 1], tree.leaf_hash(b"forged")])
        tree.check_consistency(old=old, new=size, proof=proof, old_root=forged, new_root=now)


def test_tiles_are_named_as_the_specification_says() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(1, 0, 17).path == "tile/1/000.p/17"
    assert Tile(0, 273, 112).entries_path == "tile/entries/273.p/112"


def test_seventy_thousand_entries_have_the_tiles_of_the_specification() -> None:
    tiles = list(tiles_between(0, 70_000))

    assert sum(tile.level == 0 and tile.width == WIDTH for tile in tiles) == 273
    partial = [(tile.level, tile.width) for tile in tiles if tile.width < WIDTH]
    assert partial == [(0, 112), (1, 17), (2, 1)]
    assert HEIGHT == 8


@given(st.lists(st.binary(max_size=80)))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert entries_of(bundle(entries)) == entries
