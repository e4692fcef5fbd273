"""Finds tables by their lines: the cells between rules that cross."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .placing import Box, Edges, display_of

Point = tuple[float, float]
Grid = tuple[Sequence[float], Sequence[float]]  # where its columns and its rows begin and end

_THIN = 2.5  # points: a rule is no thicker
_LONG = 12.0  # and no shorter
_NEAR = 3.0
_MOST_RULES = 4_000
_FEWEST = 3  # rules in each direction, so at least two columns and two rows


def cells_of(page: pypdfium2.PdfPage) -> list[Grid]:
    """Return the grids that lines draw on the page, from the top down."""
    across, down = _rules(page)
    grids = [_grid(group) for group in _joined(across + down)]
    return [grid for grid in grids if len(grid[0]) >= _FEWEST and len(grid[1]) >= _FEWEST]


def _rules(page: pypdfium2.PdfPage) -> tuple[list[Box], list[Box]]:
    across: list[Box] = []
    down: list[Box] = []
    displayed = display_of(page)
    for stroke in _strokes(page):
        x, y, width, height = displayed(stroke)
        if width >= _LONG and height <= _THIN:
            across.append((x, y, width, height))
        elif height >= _LONG and width <= _THIN:
            down.append((x, y, width, height))
        if len(across) + len(down) > _MOST_RULES:
            return [], []
    return across, down


def _strokes(page: pypdfium2.PdfPage) -> Iterator[Edges]:
    """Yield every straight stroke of every path, from where it begins to where it ends."""
    for index in range(max(0, pdfium.FPDFPage_CountObjects(page.raw))):
        path = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(path) == pdfium.FPDF_PAGEOBJ_PATH:
            points = list(_points(path))
            for (before, _begins), (after, begins) in pairwise(points):
                if not begins:
                    yield *before, *after


def _points(path: Any) -> Iterator[tuple[Point, bool]]:  # a handle of PDFium
    """Yield each point in the page's own measure, and whether a stroke begins there anew."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first: Point | None = None
    for index in range(min(_MOST_RULES, pdfium.FPDFPath_CountSegments(path))):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        begins = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        first = point if begins else first
        yield point, begins
        if first and pdfium.FPDFPathSegment_GetClose(segment):
            yield first, False


def _joined(rules: Sequence[Box]) -> list[list[Box]]:
    """Gather rules that touch one another."""
    groups: list[list[Box]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(each for group in touching for each in group)])
    return sorted(groups, key=lambda group: min(rule[1] for rule in group))


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] - _NEAR <= other[0] + other[2]
        and other[0] - _NEAR <= one[0] + one[2]
        and one[1] - _NEAR <= other[1] + other[3]
        and other[1] - _NEAR <= one[1] + one[3]
    )


def _grid(rules: Sequence[Box]) -> Grid:
    columns = _distinct(rule[0] for rule in rules if rule[3] > _THIN)
    rows = _distinct(rule[1] for rule in rules if rule[2] > _THIN)
    return columns, rows


def _distinct(places: Iterator[float]) -> list[float]:
    ordered = sorted(places)
    first = ordered[:1]
    return first + [later for sooner, later in pairwise(ordered) if later - sooner > _NEAR]
