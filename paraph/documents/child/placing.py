"""Words and boxes on a page, in points from the top left of the page as displayed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

Edges = tuple[float, float, float, float]  # left, bottom, right, top in the page's own measure
Box = tuple[float, float, float, float]  # x, y, width, height as displayed

_FINE = 100  # hundredths of a point
_FAR = 10_000.0  # points: far enough that the rounding of a corner does not matter
_HYPHENS = ("\x02", "\u00ad")  # at a line's end, where one word goes on in the next line


@dataclass(frozen=True)
class Word:
    """A word, its box, and how it is tagged."""

    text: str
    x: float
    y: float
    width: float
    height: float
    mark: int = -1  # the number of its text in the structure, if it has one
    is_decoration: bool = False

    @property
    def seen(self) -> tuple[str, float, float, float, float]:
        return self.text.rstrip("\x02"), self.x, self.y, self.width, self.height

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


def said(words: Sequence[Word]) -> str:
    """Return the words as one text; what a line's end divided is one word again."""
    text = ""
    for word in words:
        joins = text.endswith(_HYPHENS)
        text = text.rstrip("".join(_HYPHENS)) if joins else text
        text += word.text if joins or not text else f" {word.text}"
    return text.rstrip("\x02")


def around(words: Sequence[Word]) -> Box | None:
    """Return the box around all words, if there are any."""
    if not words:
        return None
    left, top = min(word.x for word in words), min(word.y for word in words)
    right = max(word.right for word in words)
    bottom = max(word.y + word.height for word in words)
    return round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2)


def display_of(page: pypdfium2.PdfPage) -> Callable[[Edges], Box]:
    """Return what tells the box of edges on the turned and cropped page.

    The way from the page's own measure is straight: three points tell all others, while asking
    PDFium for each word took half of the time of reading a page.
    """
    width, height = page.get_size()
    size = (round(width * _FINE), round(height * _FINE))
    (left, top), right, up = (_point(page, size, *far) for far in ((0, 0), (_FAR, 0), (0, _FAR)))
    (a, b), (c, d) = (((x - left) / _FAR, (y - top) / _FAR) for x, y in (right, up))

    def displayed(edges: Edges) -> Box:
        first, low, last, high = edges
        across = a * first + c * low + left, a * last + c * high + left
        down = b * first + d * low + top, b * last + d * high + top
        x, y = round(min(across), 2), round(min(down), 2)
        return x, y, round(max(across) - x, 2), round(max(down) - y, 2)

    return displayed


def _point(
    page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float
) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
