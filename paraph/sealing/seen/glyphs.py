"""Reading letters by their shape, where the written ones may not be those that are shown.

An exchanged font makes the same characters show other ones. The letters of the file as it was
are the alphabet by which those of the file as it is now are read.
"""

from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops, ImageStat

from paraph.sealing.seen.boxes import Box
from paraph.sealing.seen.pages import Page
from paraph.sealing.seen.words import Word

_SCALE = 5
_SIZE = (20, 30)
_ALIKE, _READABLE = 14.0, 40.0
_MOST_SAMPLES = 400
UNREADABLE = "�"

Alphabet = list[tuple[str, Image.Image]]


class Reader:
    """Reads the shapes on one page by those of the pages as they were."""

    def __init__(self, before: Page, after: Page, *, alphabet: Alphabet) -> None:
        self._before, self._after = before, after
        self._old, self._new = before.drawn(scale=_SCALE), after.drawn(scale=_SCALE)
        self._alphabet = alphabet

    def read(self, was: Word, shown: Word) -> str:
        """Return what the word looks like now; the same text where its shapes are the same."""
        before, after = self._before.letters_of(was), self._after.letters_of(shown)
        letters = zip(was.text, before, after, strict=True)
        return "".join(self._letter(letter, old, new) for letter, old, new in letters)

    def _letter(self, letter: str, old: Box, new: Box) -> str:
        shape = _shape(self._new, new)
        known = _shape(self._old, old)
        if shape is None or known is None or _distance(shape, known) < _ALIKE:
            return letter
        nearest = min(self._alphabet, key=lambda each: _distance(shape, each[1]), default=None)
        if nearest is None or _distance(shape, nearest[1]) > _READABLE:
            return UNREADABLE
        return nearest[0]


def alphabet_of(pages: Sequence[Page]) -> Alphabet:
    """Return each character of the pages once or a few times, with its shape."""
    found: dict[tuple[str, int], Image.Image] = {}
    for page in (each for each in pages if not each.is_large):
        for letter, box, picture in _letters(page):
            shape = None if (letter, round(box[3])) in found else _shape(picture, box)
            if shape is not None and len(found) < _MOST_SAMPLES:
                found[letter, round(box[3])] = shape
    return [(letter, shape) for (letter, _), shape in found.items()]


def _letters(page: Page) -> Iterator[tuple[str, Box, Image.Image]]:
    picture = page.drawn(scale=_SCALE)
    for word in page.words:
        for letter, box in zip(word.text, page.letters_of(word), strict=True):
            if not letter.isspace():
                yield letter, box, picture


def _shape(picture: Image.Image, box: Box) -> Image.Image | None:
    left, top, width, height = (side * _SCALE for side in box)
    if width < 1 or height < 1:
        return None
    corners = int(left), int(top), int(left + width) + 1, int(top + height) + 1
    return picture.crop(corners).resize(_SIZE)


def _distance(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])
