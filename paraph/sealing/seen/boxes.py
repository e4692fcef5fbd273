"""Boxes on a page, and the places where two pictures of one differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Box = tuple[float, float, float, float]
"""Left, top, width and height, in points."""

_CELL = 6
_FAINT = 24
_MOST = 24


def around(boxes: Iterable[Box]) -> Box | None:
    """Return the box around all of them; none around nothing."""
    corners = [(x, y, x + width, y + height) for x, y, width, height in boxes]
    if not corners:
        return None
    lefts, tops, rights, bottoms = zip(*corners, strict=True)
    left, top = min(lefts), min(tops)
    sides = left, top, max(rights) - left, max(bottoms) - top
    return round(sides[0], 1), round(sides[1], 1), round(sides[2], 1), round(sides[3], 1)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share some place."""
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def is_inside(box: Box, whole: Box) -> bool:
    """Tell whether the middle of a box lies in the other."""
    across, down = box[0] + box[2] / 2, box[1] + box[3] / 2
    return whole[0] <= across <= whole[0] + whole[2] and whole[1] <= down <= whole[1] + whole[3]


def differing(before: Image.Image, after: Image.Image, *, scale: float) -> list[Box]:
    """Return the places where two pictures of equal size differ, in points."""
    from PIL import ImageChops  # only here: who knows boxes need not draw

    mask = ImageChops.difference(before, after).point(lambda value: 255 * (value > _FAINT))
    if mask.getbbox() is None:
        return []
    cells = mask.reduce(_CELL).point(lambda value: 255 * (value > 0))
    found = [_around_marks(mask, group, scale=scale) for group in _groups(cells)]
    whole = around(found)
    return found if len(found) <= _MOST or whole is None else [whole]


def _around_marks(mask: Image.Image, cells: Sequence[tuple[int, int]], *, scale: float) -> Box:
    """Return the box around what is marked within the cells, in points."""
    across, down = zip(*cells, strict=True)
    left, top = min(across) * _CELL, min(down) * _CELL
    part = mask.crop((left, top, (max(across) + 1) * _CELL, (max(down) + 1) * _CELL))
    x1, y1, x2, y2 = part.getbbox() or (0, 0, *part.size)
    sides = (left + x1) / scale, (top + y1) / scale, (x2 - x1) / scale, (y2 - y1) / scale
    return round(sides[0], 1), round(sides[1], 1), round(sides[2], 1), round(sides[3], 1)


def _groups(cells: Image.Image) -> Iterator[list[tuple[int, int]]]:
    """Part the marked cells into groups that touch; words of a line may stand two apart."""
    width = cells.width
    marked = {
        (place % width, place // width) for place, value in enumerate(cells.tobytes()) if value
    }
    while marked:
        group = [marked.pop()]
        for x, y in group:
            near = {(x + dx, y + dy) for dx in range(-3, 4) for dy in range(-1, 2)} & marked
            marked -= near
            group += near
        yield group
