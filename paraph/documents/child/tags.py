"""Reads the structure that the author of a PDF left: headings, paragraphs, lists, tables."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_DEEPEST = 40
_MOST = 20_000
_STRING_BYTES = 4_096


@dataclass
class Tag:
    """One element: its standard kind, the numbers of its text on this page, what is inside."""

    kind: str
    says: str = ""  # instead of what is drawn: for pictures
    inside: list[int | Tag] = field(default_factory=list)  # text and elements in their order


def tree_of(page: pypdfium2.PdfPage) -> list[Tag]:
    """Return the elements with something on this page; none where nothing is tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        budget = iter(range(_MOST))
        roots = range(max(0, pdfium.FPDF_StructTree_CountChildren(tree)))
        found = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in roots)
        return [_tag(element, budget, depth=0) for element in found if element]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def language_of(pdf: pypdfium2.PdfDocument) -> str:
    """Return the language that the document says it is in, if it does."""
    return _string(pdfium.FPDFCatalog_GetLanguage, pdf.raw)[:35]


def _tag(element: Any, budget: Iterator[int], *, depth: int) -> Tag:  # a handle of PDFium
    kind = _string(pdfium.FPDF_StructElement_GetType, element)
    says = _string(pdfium.FPDF_StructElement_GetAltText, element)
    tag = Tag(kind, says)
    count = max(0, pdfium.FPDF_StructElement_CountChildren(element)) if depth < _DEEPEST else 0
    for index in range(count):
        if next(budget, None) is None:
            break
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            tag.inside.append(_tag(child, budget, depth=depth + 1))
        elif (number := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
            tag.inside.append(number)
    return tag


def _string(ask: Callable[..., int], thing: object) -> str:
    buffer = (ctypes.c_ushort * (_STRING_BYTES // 2))()
    length = int(ask(thing, buffer, _STRING_BYTES))
    usable = 2 < length <= _STRING_BYTES
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace") if usable else ""
