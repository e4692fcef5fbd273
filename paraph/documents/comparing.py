"""What two files say differently, by their text: passages with the words that went and came.

Layout and pictures do not count here; ``sealing.compare`` draws those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice

from .models import Revision
from .text import Block, page_text, pages_that_exist

MOST_PAGES = 100
MOST_PASSAGES = 200
MOST_LINES = 5_000  # lines that all look alike are compared each with each
_MOST_WORDS = 2_000  # of a passage whose words are told apart
_AROUND = 6  # words that are shown on either side of a difference


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True)
class Piece:
    """Words that follow each other and share their fate."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Passage:
    """A place where the files differ, by the pages on which it stands."""

    page_before: int | None
    page_after: int | None
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Comparison:
    """Where two files differ; ``is_whole`` unless there was too much to read or to show."""

    passages: Sequence[Passage]
    is_whole: bool = True


@dataclass(frozen=True)
class Line:
    """A paragraph, an item or a row of a table, and its page."""

    page: int
    text: str


def what_changed(before: Revision, after: Revision) -> Comparison:
    """Return what a reader would find different in the later of two files."""
    old, new = _lines(before), _lines(after)
    passages = list(islice(_passages(old, new), MOST_PASSAGES + 1))
    is_read = max((line.page for line in (*old, *new)), default=0) < MOST_PAGES
    is_read = is_read and max(len(old), len(new)) < MOST_LINES
    return Comparison(passages[:MOST_PASSAGES], is_read and len(passages) <= MOST_PASSAGES)


def _lines(revision: Revision) -> list[Line]:
    lines = (
        Line(page, text)
        for page in pages_that_exist(revision, most=MOST_PAGES)
        for block in page_text(revision, page).blocks
        for text in _texts(block)
    )
    return list(islice(lines, MOST_LINES))


def _texts(block: Block) -> Iterator[str]:
    if block.kind == "table":
        yield from (" ".join(cell.text for cell in row if cell.text) for row in block.rows)
    elif block.kind == "list":
        yield from block.items
    elif block.text:
        yield block.text


def _passages(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Passage]:
    before, after = [line.text for line in old], [line.text for line in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        if i2 - i1 == j2 - j1:  # the same lines, said otherwise
            pairs = zip(old[i1:i2], new[j1:j2], strict=True)
            yield from (_passage([one], [other]) for one, other in pairs)
        else:
            yield _passage(old[i1:i2], new[j1:j2])


def _passage(old: Sequence[Line], new: Sequence[Line]) -> Passage:
    return Passage(
        page_before=old[0].page if old else None,
        page_after=new[0].page if new else None,
        pieces=list(_pieces(_words(old), _words(new))),
    )


def _words(lines: Sequence[Line]) -> list[str]:
    return [word for line in lines for word in line.text.split()]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if len(old) + len(new) > _MOST_WORDS:
        yield from _fates(old, new)
        return
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, i1, i2, j1, j2) in enumerate(codes):
        if kind == "equal":
            is_first, is_last = number == 0, number == len(codes) - 1
            yield Piece(Kind.SAME, _shortened(old[i1:i2], is_first=is_first, is_last=is_last))
        else:
            yield from _fates(old[i1:i2], new[j1:j2])


def _fates(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old:
        yield Piece(Kind.GONE, " ".join(old))
    if new:
        yield Piece(Kind.COME, " ".join(new))


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    """Keep of unchanged words those beside a difference."""
    most = _AROUND if is_first or is_last else 2 * _AROUND
    if len(words) <= most:
        return " ".join(words)
    head = [] if is_first else [*words[:_AROUND]]
    tail = [] if is_last else [*words[-_AROUND:]]
    return " ".join([*head, "…", *tail])
