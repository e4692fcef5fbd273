"""Tables by their tags. A cell that holds nothing has no tag on the page: its place is told by
where the others stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .placing import Word, around, said
from .tags import Tag

Cell = dict[str, Any]  # what JSON can say
Span = tuple[float, float]
_CELLS, _PARTS = {"TH", "TD"}, {"THead", "TBody", "TFoot"}


def rows_of(table: Tag, marked: dict[int, list[Word]]) -> list[list[Cell]]:
    """Return the rows of a tagged table, with every cell in its column."""
    rows = [list(_cells(row, marked)) for row in _rows(table)]
    rows = [row for row in rows if row]
    columns = _columns(rows)
    return [[cell for cell, _words in _aligned(row, columns)] for row in rows]


def _rows(tag: Tag) -> Iterator[Tag]:
    for part in _elements(tag):
        if part.kind == "TR":
            yield part
        elif part.kind in _PARTS:
            yield from _rows(part)


def _cells(row: Tag, marked: dict[int, list[Word]]) -> Iterator[tuple[Cell, Span | None]]:
    for cell in _elements(row):
        if cell.kind in _CELLS:
            words = [word for number in _marks(cell) for word in marked.get(number, [])]
            box = around(words)
            told = {"text": said(words), "is_head": cell.kind == "TH"}
            yield told, (box[0], box[0] + box[2]) if box else None


def _elements(tag: Tag) -> Iterable[Tag]:
    return (part for part in tag.inside if not isinstance(part, int))


def _marks(tag: Tag) -> Iterator[int]:
    for part in tag.inside:
        if isinstance(part, int):
            yield part
        else:
            yield from _marks(part)


def _columns(rows: Sequence[Sequence[tuple[Cell, Span | None]]]) -> list[Span | None]:
    """Return how far each column reaches, as the fullest rows tell."""
    most = max(map(len, rows), default=0)
    full = [[span for _cell, span in row] for row in rows if len(row) == most]
    return [_union([span for span in column if span]) for column in zip(*full, strict=True)]


def _union(spans: Sequence[Span]) -> Span | None:
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None


def _aligned(
    row: Sequence[tuple[Cell, Span | None]], columns: Sequence[Span | None]
) -> Iterator[tuple[Cell, Span | None]]:
    """Put empty cells before those that stand further to the right than their number says."""
    spare = len(columns) - len(row)
    place = 0
    for cell, span in row:
        best = min(range(place, place + spare + 1), key=lambda each: _away(span, columns[each]))
        yield from (({"text": "", "is_head": False}, None) for _empty in range(place, best))
        yield cell, span
        spare -= best - place
        place = best + 1
    yield from (({"text": "", "is_head": False}, None) for _empty in range(spare))


def _away(cell: Span | None, column: Span | None) -> float:
    if cell is None or column is None:
        return 0 if cell is None else 1
    return max(0, column[0] - cell[1], cell[0] - column[1])
