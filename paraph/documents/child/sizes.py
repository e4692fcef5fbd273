"""How large each page is as it is displayed: turned by /Rotate, inside the CropBox."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from paraph.kit.child.refusing import Refusal

SMALLEST, LARGEST = 20.0, 14_400.0  # points; the largest is what the format allows


def displayed_sizes(source: Path) -> list[tuple[float, float]]:
    """Return width and height of each page in points, having opened every page once."""
    pdf = open_document(source)
    try:
        return [_size(pdf, index) for index in range(len(pdf))]
    finally:
        pdf.close()


def open_document(source: Path) -> pypdfium2.PdfDocument:
    """Open a PDF with the engine that draws it."""
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        raise Refusal("broken") from None


def _size(pdf: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        raise Refusal("broken") from None
    width, height = page.get_size()
    page.close()
    if min(width, height) < SMALLEST or max(width, height) > LARGEST:
        raise Refusal("page-size", page=index + 1)
    return round(width, 3), round(height, 3)
