"""The text of documents: words with their boxes, and blocks in the order in which they are read.

Whatever reads, searches or compares what a document says asks here; the sandbox reads it once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from paraph.kit import files, sandbox

from . import cache
from .models import Revision

_EXTRACTION = "4"  # raise it when text is read otherwise
_STRETCH = 25  # pages that are read at once
_NOTHING = b'{"words": [], "blocks": [], "language": ""}'


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the top left of the page as displayed."""

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str
    is_head: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list, table, picture with words for it, or a place to fill in."""

    kind: str  # heading, paragraph, list, table, figure, place
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    y: float | None = None  # how far down the page its middle is, in points
    is_yours: bool = False  # a place of whoever reads


@dataclass(frozen=True)
class PageText:
    """What one page says, in order."""

    number: int
    blocks: tuple[Block, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Place:
    """A field of the page, by the name that people read."""

    name: str
    page: int
    y: float
    is_yours: bool = field(default=False)


def page_words(revision: Revision, page: int) -> list[Word]:
    """Return the words of a page (from 1); none where it is a picture or cannot be read."""
    return [Word(*values) for values in _read(revision.sha256, page)["words"]]


def page_text(revision: Revision, page: int, *, places: Sequence[Place] = ()) -> PageText:
    """Return the page as blocks, with the places that lie on it named where they lie."""
    told = _read(revision.sha256, page)
    blocks = list(_blocks(told["blocks"]))
    for place in sorted((each for each in places if each.page == page), key=lambda each: each.y):
        named = Block("place", text=place.name, y=place.y, is_yours=place.is_yours)
        blocks.insert(_position(place.y, blocks), named)
    return PageText(page, tuple(blocks), told["language"])


def pages_that_exist(revision: Revision, *, most: int) -> Iterator[int]:
    """Yield the numbers of the pages that the file has, having read them; the first ``most``."""
    for page in range(1, most + 1):
        _read(revision.sha256, page)
        if not cache.has(_key(revision.sha256, page)):
            return
        yield page


def _blocks(told: Iterable[dict[str, Any]]) -> Iterator[Block]:  # what the sandbox wrote as JSON
    """Give the blocks their shape; items that follow each other are one list."""
    for is_list, group in groupby(told, key=lambda block: block["kind"] == "item"):
        blocks = list(group)
        if is_list:
            items = tuple(block["text"] for block in blocks)
            yield Block("list", items=items, y=_middle(blocks[-1]["box"]))
        else:
            yield from map(_block, blocks)


def _block(told: dict[str, Any]) -> Block:  # what the sandbox wrote as JSON
    return Block(
        told["kind"],
        text=told.get("text", ""),
        level=told.get("level", 0),
        rows=tuple(tuple(Cell(**cell) for cell in row) for row in told.get("rows", ())),
        y=_middle(told["box"]),
    )


def _middle(box: Sequence[float] | None) -> float | None:
    return box[1] + box[3] / 2 if box else None


def _position(y: float, blocks: Sequence[Block]) -> int:
    """Return the position behind the last block that stands above."""
    above = [index for index, block in enumerate(blocks) if block.y is not None and block.y <= y]
    return above[-1] + 1 if above else 0


def _read(sha256: str, page: int) -> dict[str, Any]:  # what the sandbox wrote as JSON
    kept = cache.read(_key(sha256, page))
    if kept is None:
        _extract(sha256, page)
        kept = cache.read(_key(sha256, page))
    told: dict[str, Any] = json.loads(kept or _NOTHING)
    return told


def _extract(sha256: str, page: int) -> None:
    """Read the stretch of pages around one: opening the file is what costs."""
    first = (page - 1) // _STRETCH * _STRETCH + 1
    with cache.only_one(_key(sha256, first)):
        if cache.has(_key(sha256, page)):
            return
        try:
            last = first + _STRETCH - 1
            pages = sandbox.run(
                "paraph.documents.child.words:extract", [files.get(sha256)], first=first, last=last
            ).files
        except sandbox.Rejected:
            pages = {str(page): _NOTHING}
        for number, text in pages.items():
            cache.write(_key(sha256, int(number)), text)


def _key(sha256: str, page: int) -> str:
    return f"{sha256}-{page}-text-{_EXTRACTION}"
