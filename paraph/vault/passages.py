"""Where in a signed file the words stand that somebody looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paraph.kit.search import normalise

from .models import FullText
from .words import LONGEST, Sought

_WORD = re.compile(r"[^\W_]+")
AROUND = 70
"""Letters that are shown before the first word and after it."""


@dataclass(frozen=True)
class Piece:
    """A piece of a passage; what was looked for is marked."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Passage:
    """A few words of a page, those looked for marked among them."""

    page: int
    pieces: Sequence[Piece]


def passages_in(files: Iterable[int], text: str) -> Mapping[int, Passage]:
    """Return, by file, the first passage that tells why it was found; none for a mere title."""
    sought = Sought(text)
    if not sought.parts:
        return {}
    rows = FullText.objects.filter(file__in=list(files)).only("file_id", "pages")
    found = ((row.file_id, passage_in(row.pages, sought)) for row in rows)
    return {pk: passage for pk, passage in found if passage}


def passage_in(pages: Sequence[str], sought: Sought) -> Passage | None:
    """Return a passage of the page on which most of the words occur."""
    words = {word for part in sought.parts for word in part.words}
    counted = [sum(word in page for word in words) for page in map(normalise, pages)]
    if not (most := max(counted, default=0)):
        return None
    for number, count in enumerate(counted, start=1):
        if count == most and (passage := _passage(pages[number - 1], number, sought)):
            return passage
    return None


def _passage(page: str, number: int, sought: Sought) -> Passage | None:
    if not (hits := _hits(page, sought)):
        return None
    first = page.rfind(" ", 0, max(hits[0][0] - AROUND, 0)) + 1
    last = page.find(" ", hits[0][1] + AROUND)
    last = len(page) if last < 0 else last
    return Passage(number, tuple(_pieces(page, hits, first, last)))


def _pieces(page: str, hits: Sequence[tuple[int, int]], first: int, last: int) -> Iterable[Piece]:
    here = first
    if first:
        yield Piece("… ")
    for begin, end in hits:
        if end > last:
            break
        yield Piece(page[here:begin])
        yield Piece(page[begin:end], is_marked=True)
        here = end
    yield Piece(page[here:last] + (" …" if last < len(page) else ""))


def _hits(page: str, sought: Sought) -> Sequence[tuple[int, int]]:
    """Return where the words stand; without accents one look finds them all."""
    if page.isascii():
        return [found.span() for found in sought.pattern.finditer(page)]
    words = _WORD.finditer(page)
    return [word.span() for word in words if sought.fits(normalise(word[0])[:LONGEST])]
