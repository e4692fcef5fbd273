"""Reads the words of a PDF and where they stand, as displayed, in the order of the page."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from paraph.kit.child.job import Job

from .sizes import open_document

MOST_WORDS = 200_000
_FINE = 100  # hundredths of a point
Edges = tuple[float, float, float, float]  # left, bottom, right, top on the page
Word = tuple[str, float, float, float, float]  # text, then x, y, width, height from the top left


def extract(job: Job) -> dict[str, object]:
    """Write the words of a stretch of pages, with their boxes, into a file for each page."""
    pdf = open_document(job.inputs[0])
    first, last = int(job.options["first"]), min(int(job.options["last"]), len(pdf))
    count = 0
    for number in range(first, last + 1):
        words = list(_words(pdf, number - 1)) if count < MOST_WORDS else []
        count += len(words)
        text = json.dumps(words, ensure_ascii=False)
        job.result(str(number)).write_text(text, encoding="utf-8")
    pdf.close()
    return {"words": count}


def _words(pdf: pypdfium2.PdfDocument, index: int) -> Iterator[Word]:
    page = _filled_in(pdf, index)
    text_page = page.get_textpage()
    for text, edges in _joined(text_page):
        yield (text, *_as_displayed(page, edges))
    text_page.close()
    page.close()


def _filled_in(pdf: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Return a page whose form fields read like the rest of it."""
    page = pdf[index]
    if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[index]


def _joined(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, Edges]]:
    """Join letters into words: what stands between spaces and line ends."""
    letters: list[str] = []
    edges: list[Edges] = []
    for position, letter in enumerate(_letters(text_page)):
        if letter.isspace() or letter == "\x00":
            if letters:
                yield "".join(letters), _around(edges)
            letters, edges = [], []
            continue
        letters.append(letter)
        edges.append(text_page.get_charbox(position, loose=True))
    if letters:
        yield "".join(letters), _around(edges)


def _letters(text_page: pypdfium2.PdfTextPage) -> Iterator[str]:
    for position in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page.raw, position)
        yield chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _around(edges: list[Edges]) -> Edges:
    lefts, bottoms, rights, tops = zip(*edges, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _as_displayed(page: pypdfium2.PdfPage, edges: Edges) -> Edges:
    """Return x, y, width and height from the top left of the turned and cropped page."""
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
