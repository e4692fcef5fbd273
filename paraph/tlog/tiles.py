"""A tree kept as tiles of 256 hashes (c2sp.org/tlog-tiles): their names, and reading them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from .tree import HASH_BYTES

WIDTH = 256
HEIGHT = 8
LENGTH_BYTES = 2


class TileDamaged(ValueError):
    """A tile or bundle has not the size that its name promises."""


class NotATile(ValueError):
    """A path is not the name of a tile or bundle."""


PATH = re.compile(
    r"tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x\d{3}/)*\d{3}"
    r"(?:\.p/(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?"
)


@dataclass(frozen=True)
class Tile:
    """The place of a tile: its level, its index in the level, and how many hashes it has."""

    level: int
    index: int
    width: int = WIDTH

    @staticmethod
    def checked(path: str) -> str:
        """Return a path that somebody asked for; raises ``NotATile`` unless it can be one."""
        if not PATH.fullmatch(path):
            raise NotATile(path)
        return path

    @property
    def path(self) -> str:
        """The tile's name: ``tile/0/x001/234`` or ``tile/1/000.p/17``."""
        return f"tile/{self.level}/{self._place}"

    @property
    def entries_path(self) -> str:
        """The name of the bundle with the entries under a tile of level 0."""
        return f"tile/entries/{self._place}"

    @property
    def _place(self) -> str:
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        return place if self.width == WIDTH else f"{place}.p/{self.width}"


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """Yield every tile that a tree of ``new`` leaves has and one of ``old`` had not, upwards."""
    level = 0
    while new:
        for index in range(old // WIDTH, -(-new // WIDTH)):
            yield Tile(level, index, min(WIDTH, new - index * WIDTH))
        old, new, level = old // WIDTH, new // WIDTH, level + 1


class TileReader:
    """The hashes of a tree of some size, read from its tiles.

    Each tile is read once, and what proofs of one tree have in common is computed once.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes]) -> None:
        self._size, self._read = size, read
        self._kept: dict[tuple[int, int], bytes] = {}
        self._folded: dict[tuple[int, int], bytes] = {}

    def full(self, height: int, index: int) -> bytes:
        """Return the hash of a complete subtree; raises ``TileDamaged``."""
        if (height, index) not in self._folded:
            self._folded[height, index] = self._fold(height, index)
        return self._folded[height, index]

    def _fold(self, height: int, index: int) -> bytes:
        level, within = divmod(height, HEIGHT)
        first = index << within
        tile, offset = divmod(first, WIDTH)
        start = offset * HASH_BYTES
        hashes = self._tile(level, tile)[start : start + (HASH_BYTES << within)]
        return fold(hashes)

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._kept:
            width = min(WIDTH, (self._size >> (HEIGHT * level)) - index * WIDTH)
            content = self._read(Tile(level, index, width))
            if len(content) != width * HASH_BYTES:
                raise TileDamaged(Tile(level, index, width).path)
            self._kept[level, index] = content
        return self._kept[level, index]


def fold(hashes: bytes) -> bytes:
    """Return the root over concatenated hashes; their number is a power of two.

    Two hashes that lie side by side are hashed as they lie: a full log is a million of these.
    """
    while len(hashes) > HASH_BYTES:
        pairs = range(0, len(hashes), 2 * HASH_BYTES)
        hashes = b"".join(
            [sha256(b"\1" + hashes[at : at + 2 * HASH_BYTES]).digest() for at in pairs]
        )
    return hashes


def bundle(entries: Iterable[bytes]) -> bytes:
    """Write entries as a bundle: each with its length before it."""
    return b"".join([len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries])


def entries_of(content: bytes) -> list[bytes]:
    """Read a bundle; raises ``TileDamaged`` when it ends in the middle of an entry."""
    entries, at = [], 0
    while at < len(content):
        length = int.from_bytes(content[at : at + LENGTH_BYTES], "big")
        entry = content[at + LENGTH_BYTES : at + LENGTH_BYTES + length]
        at += LENGTH_BYTES + length
        if at > len(content):
            raise TileDamaged("bundle")
        entries.append(entry)
    return entries
