"""Word files that became PDF: as LibreOffice left them, and after the canonical rewrite."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.samples import Sample
from paraph.documents.converting import docx_to_pdf
from paraph.documents.intake import Upload, take_in
from tests.documents import variety

ARCHIVED = ("2b",)  # the standard that these files claim, as veraPDF names it


def word() -> Iterator[Sample]:
    """A document of our own, converted; and somebody's, converted and rewritten."""
    content = variety.word(turns=True)
    yield Sample("Word file, converted", docx_to_pdf(content), profiles=ARCHIVED)
    taken = take_in([Upload("contract.docx", content)]).original
    yield Sample("Word file, uploaded", taken, profiles=ARCHIVED)
