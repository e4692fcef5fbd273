"""Where a mark lies in the file: from the page as people see it to the page's own space."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Dictionary, Object, Page

from paraph.sealing.model import Box

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]

A4: Rectangle = (0, 0, 595.28, 841.89)
# Page trees nest a few levels; a damaged one may loop.
DEEPEST = 64


@dataclass(frozen=True)
class Frame:
    """The visible part of a page, and how far the page is turned clockwise to be read."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: Page) -> Frame:
        """Read a page's boxes and its rotation, inherited ones included."""
        media = _rectangle(_inherited(page, "/MediaBox")) or A4
        crop = _rectangle(_inherited(page, "/CropBox")) or media
        turned = _inherited(page, "/Rotate")
        rotation = int(turned) % 360 if isinstance(turned, int | Decimal) else 0
        return cls(*(_common(crop, media) or media), rotation=rotation - rotation % 90)

    @property
    def is_sideways(self) -> bool:
        """Whether width and height change places when the page is shown."""
        return self.rotation in (90, 270)

    @property
    def width(self) -> float:
        """Width as displayed."""
        return self.top - self.bottom if self.is_sideways else self.right - self.left

    @property
    def height(self) -> float:
        """Height as displayed."""
        return self.right - self.left if self.is_sideways else self.top - self.bottom

    @property
    def matrix(self) -> Matrix:
        """From the displayed page, measured from its bottom-left corner, to page space."""
        return {
            0: (1.0, 0.0, 0.0, 1.0, self.left, self.bottom),
            90: (0.0, 1.0, -1.0, 0.0, self.right, self.bottom),
            180: (-1.0, 0.0, 0.0, -1.0, self.right, self.top),
            270: (0.0, -1.0, 1.0, 0.0, self.left, self.top),
        }[self.rotation]

    def rectangle(self, box: Box) -> Rectangle:
        """The box in page space, as an annotation's /Rect wants it."""
        a, b, c, d, e, f = self.matrix
        upper = self.height - box.y
        corners = ((box.x, upper - box.height), (box.x + box.width, upper))
        across, along = zip(
            *((a * x + c * y + e, b * x + d * y + f) for x, y in corners), strict=True
        )
        return min(across), min(along), max(across), max(along)


def _inherited(page: Page, key: str) -> object:
    node: Object | None = page.obj
    for _ in range(DEEPEST):
        if node is None:
            break
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            break
    return None


def _rectangle(value: object) -> Rectangle | None:
    """Four numbers with the corners in order, or nothing when they enclose no area."""
    try:
        x, y, u, v = map(float, value if isinstance(value, Iterable) else ())
    except (TypeError, ValueError):
        return None
    left, right, bottom, top = min(x, u), max(x, u), min(y, v), max(y, v)
    return (left, bottom, right, top) if left < right and bottom < top else None


def _common(one: Rectangle, other: Rectangle) -> Rectangle | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else None
