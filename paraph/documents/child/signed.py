"""Finds out whether a PDF carries signatures; what they allow is ``paraph.sealing``'s to say."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

MOST_FIELDS = 100_000


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Tell whether any signature field has a value."""
    return next(signed_fields(pdf), None) is not None


def signed_fields(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Yield the signature fields that hold a signature or a document time stamp."""
    for field, kind in _fields(pdf):
        value = field.get("/V")
        if kind == Name.Sig and isinstance(value, Dictionary) and "/Contents" in value:
            yield field


def _fields(pdf: pikepdf.Pdf) -> Iterator[tuple[Object, Object | None]]:
    """Yield every field and widget with its kind, which it may inherit."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Object, Object | None]] = [(field, None) for field in _roots(pdf)]
    while waiting and len(seen) < MOST_FIELDS:
        field, inherited = waiting.pop()
        if not isinstance(field, Dictionary) or (field.is_indirect and field.objgen in seen):
            continue
        seen.add(field.objgen if field.is_indirect else (-1, len(seen)))
        kind = field.get("/FT", inherited)
        yield field, kind
        waiting += [(child, kind) for child in _array(field.get("/Kids"))]


def _roots(pdf: pikepdf.Pdf) -> Iterator[Object]:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        yield from _array(form.get("/Fields"))
    for page in pdf.pages:  # a widget may hang on its page alone
        yield from _array(page.obj.get("/Annots"))


def _array(value: object) -> Iterator[Object]:
    if isinstance(value, Array):
        yield from value
