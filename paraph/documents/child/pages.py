"""Reduces a page to what it shows, and makes its measures explicit and ordinary."""

from __future__ import annotations

from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Object

_KEPT = {
    *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Contents", "/Rotate"),
    *("/Group", "/Annots", "/UserUnit", "/StructParents", "/Tabs"),
}
_LETTER = [0, 0, 612, 792]  # what viewers show where a page has no usable MediaBox
_DEEPEST = 100


def normalise(page: pikepdf.Page) -> set[str]:
    """Leave the page's own content, boxes in points, and a turn by quarters."""
    removed = {"actions"} if "/AA" in page.obj else set()
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        if (value := _inherited(page.obj, key)) is not None:
            page.obj[key] = value
    for key in page.obj.keys() - _KEPT:
        del page.obj[key]
    _boxes(page)
    page.obj.Rotate = _quarters(page.obj.get("/Rotate", 0))
    _apply_user_unit(page)
    return removed


def _inherited(page: Object, key: str) -> Object | None:
    node: Object | None = page
    for _level in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _boxes(page: pikepdf.Page) -> None:
    media = _rectangle(page.obj.get("/MediaBox")) or [Decimal(edge) for edge in _LETTER]
    crop = _common(_rectangle(page.obj.get("/CropBox")) or media, media)
    page.obj.MediaBox, page.obj.CropBox = Array(media), Array(crop)


def _rectangle(box: Object | None) -> list[Decimal] | None:
    """Return left, bottom, right, top; nothing for what is no rectangle."""
    if not isinstance(box, Array) or len(box) != 4:
        return None
    edges = [Decimal(str(edge)) for edge in box]
    left, right = sorted((edges[0], edges[2]))
    bottom, top = sorted((edges[1], edges[3]))
    return [left, bottom, right, top] if left < right and bottom < top else None


def _common(inner: list[Decimal], outer: list[Decimal]) -> list[Decimal]:
    shared = [*map(max, inner[:2], outer[:2]), *map(min, inner[2:], outer[2:])]
    return shared if shared[0] < shared[2] and shared[1] < shared[3] else outer


def _quarters(turn: object) -> int:
    degrees = int(turn) if isinstance(turn, int | Decimal) else 0
    return degrees % 360 if degrees % 90 == 0 else 0


def _apply_user_unit(page: pikepdf.Page) -> None:
    """Draw the page in points, so that nobody after us needs to know its own unit."""
    unit = Decimal(str(page.obj.get("/UserUnit", 1)))
    if "/UserUnit" in page.obj:
        del page.obj["/UserUnit"]
    if unit <= 0 or unit == 1:
        return
    page.contents_add(f"q {unit} 0 0 {unit} 0 0 cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    for key in ("/MediaBox", "/CropBox"):
        page.obj[key] = Array([Decimal(str(edge)) * unit for edge in page.obj[key]])
    for annotation in page.obj.get("/Annots", Array()):
        for key in [key for key in ("/Rect", "/QuadPoints") if key in annotation]:
            annotation[key] = Array([Decimal(str(edge)) * unit for edge in annotation[key]])
