"""Words and boxes on a page, in points from the top left of the page as displayed."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

Edges = tuple[float, float, float, float]  # left, bottom, right, top in the page's own measure
Box = tuple[float, float, float, float]  # x, y, width, height as displayed

_FINE = 100  # hundredths of a point
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


def as_displayed(page: pypdfium2.PdfPage, edges: Edges) -> Box:
    """Return the box of edges on the turned and cropped page."""
    width, height = page.get_size()
    corners = [_point(page, (width, height), edges[i], edges[j]) for i, j in ((0, 1), (2, 3))]
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(*corners, strict=True))
    return left, top, round(right - left, 2), round(bottom - top, 2)


def _point(
    page: pypdfium2.PdfPage, size: tuple[float, float], x: float, y: float
) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    box = (0, 0, round(size[0] * _FINE), round(size[1] * _FINE))
    pdfium.FPDF_PageToDevice(page.raw, *box, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
