"""Reads the words of a PDF and where they stand, as displayed, in the order of the page."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from paraph.kit.child.job import Job

from .blocks import blocks_of
from .placing import Edges, Word, display_of
from .ruling import cells_of
from .sizes import open_document
from .tags import language_of, tree_of

MOST_WORDS = 200_000
_NAME_BYTES = 64


@dataclass(frozen=True)
class Mark:
    """How a piece of text is tagged: its number on the page, or decoration that nobody reads."""

    number: int = -1
    is_decoration: bool = False


def extract(job: Job) -> dict[str, object]:
    """Write words and blocks of a stretch of pages into a file for each page."""
    pdf = open_document(job.inputs[0])
    first, last = int(job.options["first"]), min(int(job.options["last"]), len(pdf))
    language, count = language_of(pdf), 0
    for number in range(first, last + 1):
        page = _filled_in(pdf, number - 1)
        words = list(_words(page)) if count < MOST_WORDS else []
        count += len(words)
        text = {
            "words": [word.seen for word in words],
            "blocks": blocks_of(words, tree=tree_of(page), cells=cells_of(page)),
            "language": language,
        }
        page.close()
        job.result(str(number)).write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    pdf.close()
    return {"words": count}


def _words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    text_page, displayed = page.get_textpage(), display_of(page)
    for text, edges, mark in _joined(text_page):
        yield Word(text, *displayed(edges), mark.number, mark.is_decoration)
    text_page.close()


def _filled_in(pdf: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Return a page whose form fields read like the rest of it."""
    page = pdf[index]
    if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[index]


def _joined(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, Edges, Mark]]:
    """Join letters into words: what stands between spaces and line ends."""
    letters: list[str] = []
    edges: list[Edges] = []
    begin = 0
    marks: dict[int, Mark] = {}
    box, raw = pdfium.FS_RECTF(), text_page.raw  # one box for all letters: there are many
    for position, letter in enumerate(_letters(text_page)):
        if letter.isspace() or letter == "\x00":
            if letters:
                yield "".join(letters), _around(edges), _mark(text_page, begin, marks)
            letters, edges = [], []
            continue
        begin = begin if letters else position
        letters.append(letter)
        pdfium.FPDFText_GetLooseCharBox(raw, position, box)
        edges.append((box.left, box.bottom, box.right, box.top))
    if letters:
        yield "".join(letters), _around(edges), _mark(text_page, begin, marks)


def _letters(text_page: pypdfium2.PdfTextPage) -> Iterator[str]:
    code_of, raw = pdfium.FPDFText_GetUnicode, text_page.raw
    for position in range(text_page.count_chars()):
        code = code_of(raw, position)
        yield chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "


def _mark(text_page: pypdfium2.PdfTextPage, position: int, known: dict[int, Mark]) -> Mark:
    """Return the mark of the letter at a position, asking once for each piece of text."""
    piece = pdfium.FPDFText_GetTextObject(text_page.raw, position)
    if not piece:
        return Mark()
    place = ctypes.addressof(piece.contents)
    if place not in known:
        number = pdfium.FPDFPageObj_GetMarkedContentID(piece)
        known[place] = Mark(number, number < 0 and "Artifact" in _mark_names(piece))
    return known[place]


def _mark_names(piece: object) -> list[str]:
    return [
        _name(pdfium.FPDFPageObj_GetMark(piece, index))
        for index in range(max(0, pdfium.FPDFPageObj_CountMarks(piece)))
    ]


def _name(mark: object) -> str:
    buffer, length = (ctypes.c_ushort * _NAME_BYTES)(), ctypes.c_ulong()
    told = pdfium.FPDFPageObjMark_GetName(mark, buffer, _NAME_BYTES * 2, length)
    return bytes(buffer)[: length.value - 2].decode("utf-16-le", "replace") if told else ""


def _around(edges: list[Edges]) -> Edges:
    lefts, bottoms, rights, tops = zip(*edges, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
