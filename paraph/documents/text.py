"""The text of documents: words with their boxes, and paragraphs in reading order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.kit import files, sandbox

from . import cache
from .models import Revision

_EXTRACTION = "2"  # raise it when words are read otherwise
_STRETCH = 25  # pages that are read at once
_SAME_LINE = 0.5  # of a word's height
_PARAGRAPH_GAP = 1.6  # line heights from one line's top to the next


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the top left of the page as displayed."""

    text: str
    x: float
    y: float
    width: float
    height: float


def page_words(revision: Revision, page: int) -> list[Word]:
    """Return the words of a page (from 1); none where it is a picture or cannot be read."""
    kept = cache.read(_key(revision.sha256, page))
    if kept is None:
        _extract(revision.sha256, page)
        kept = cache.read(_key(revision.sha256, page))
    return [Word(*values) for values in json.loads(kept or b"[]")]


def paragraphs(words: Sequence[Word]) -> list[str]:
    """Join words into lines, and lines that stand close together into paragraphs."""
    texts: list[str] = []
    last: Word | None = None
    for line in _lines(words):
        text = " ".join(word.text for word in line)
        if last is not None and _belong_together(last, line[0]):
            texts[-1] += f" {text}"
        else:
            texts.append(text)
        last = line[0]
    return texts


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and abs(_middle(word) - _middle(line[-1])) > _SAME_LINE * max(word.height, 4):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _middle(word: Word) -> float:
    return word.y + word.height / 2


def _belong_together(above: Word, below: Word) -> bool:
    gap = _middle(below) - _middle(above)
    return 0 < gap <= _PARAGRAPH_GAP * max(above.height, below.height, 8)


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
            pages = {str(page): b"[]"}
        for number, words in pages.items():
            cache.write(_key(sha256, int(number)), words)


def _key(sha256: str, page: int) -> str:
    return f"{sha256}-{page}-words-{_EXTRACTION}"
