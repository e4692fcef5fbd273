"""The order in which an untagged page is read: columns from the left, in each from the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .placing import Word

_SAME_LINE = 0.5  # of a word's height
_SAME_PIECE = 1.2  # heights between two words, before they are two pieces
_GUTTER = 9.0  # points of white between two columns
_FEWEST_LINES = 4  # in each column: less is a table's line, or places for signatures
_PARAGRAPH_GAP = 1.6  # line heights from one line's middle to the next
_SAME_SIZE = 0.15
_HEADING_SIZE, _GREAT_SIZE = 1.2, 1.6  # against the page's usual height
_LONGEST_HEADING = 150
_DEEPEST = 24
_LEAST_HEIGHT = 4.0
Span = tuple[float, float]


@dataclass
class Text:
    """Words that belong together, and what they are."""

    words: list[Word]
    level: int = 0  # of a heading; an ordinary paragraph has none


@dataclass(frozen=True)
class _Piece:
    """Words that stand in one line without a wide gap."""

    words: list[Word]
    across: Span
    down: Span

    @property
    def height(self) -> float:
        return max(self.down[1] - self.down[0], _LEAST_HEIGHT)

    @property
    def middle(self) -> float:
        return (self.down[0] + self.down[1]) / 2


def texts_in_order(words: Sequence[Word]) -> list[Text]:
    """Return headings and paragraphs in the order of reading."""
    usual = usual_height(words)
    texts: list[Text] = []
    last: list[_Piece] = []
    for line in _lines(_ordered(list(_pieces(words)), 0)):
        if last and _goes_on(last, line):
            texts[-1].words += [word for piece in line for word in piece.words]
        else:
            texts.append(Text([word for piece in line for word in piece.words]))
        last = line
    for text in texts:
        text.level = level_of(text.words, usual)
    return texts


def _pieces(words: Sequence[Word]) -> Iterator[_Piece]:
    piece: list[Word] = []
    for word in words:
        if piece and not _follows(piece[-1], word):
            yield _piece(piece)
            piece = []
        piece.append(word)
    if piece:
        yield _piece(piece)


def _follows(before: Word, word: Word) -> bool:
    height = max(before.height, word.height, _LEAST_HEIGHT)
    is_beside = -height < word.x - before.right < _SAME_PIECE * height
    return is_beside and abs(before.middle[1] - word.middle[1]) < _SAME_LINE * height


def _piece(words: list[Word]) -> _Piece:
    down = min(word.y for word in words), max(word.y + word.height for word in words)
    return _Piece(words, (min(word.x for word in words), max(word.right for word in words)), down)


def _ordered(pieces: list[_Piece], depth: int) -> list[_Piece]:
    """Divide at a gutter that nothing crosses, else at the widest white band, and go on inside."""
    if depth > _DEEPEST or not _are_beside(pieces):
        return sorted(pieces, key=lambda piece: (piece.middle, piece.across[0]))
    if (gutter := _gutter(pieces)) is not None:
        left = [piece for piece in pieces if piece.across[1] <= gutter]
        right = [piece for piece in pieces if piece.across[1] > gutter]
        return _ordered(left, depth + 1) + _ordered(right, depth + 1)
    bands = _gaps([piece.down for piece in pieces])
    if not bands:
        return sorted(pieces, key=lambda piece: (round(piece.middle), piece.across[0]))
    _width, place = max(bands)
    above = [piece for piece in pieces if piece.middle <= place]
    below = [piece for piece in pieces if piece.middle > place]
    return _ordered(above, depth + 1) + _ordered(below, depth + 1)


def _are_beside(pieces: Sequence[_Piece]) -> bool:
    """Tell whether anything stands beside something else."""
    down = sorted(pieces, key=lambda piece: piece.middle)
    return any(
        below.middle - above.middle < _SAME_LINE * min(above.height, below.height)
        for above, below in pairwise(down)
    )


def _gutter(pieces: Sequence[_Piece]) -> float | None:
    found = [
        (width, place)
        for width, place in _gaps([piece.across for piece in pieces])
        if width >= _GUTTER and _has_lines_on_both_sides(pieces, place)
    ]
    return max(found)[1] if found else None


def _has_lines_on_both_sides(pieces: Sequence[_Piece], place: float) -> bool:
    left = sum(piece.across[1] <= place for piece in pieces)
    words = [len(piece.words) for piece in pieces]
    is_prose = median(words) >= 3  # a table without rules has short pieces
    return is_prose and min(left, len(pieces) - left) >= _FEWEST_LINES


def _gaps(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """Return the widths and the middles of what no span covers."""
    gaps: list[tuple[float, float]] = []
    reached = float("inf")
    for start, end in sorted(spans):
        if start > reached:
            gaps.append((start - reached, (start + reached) / 2))
        reached = end if reached == float("inf") else max(reached, end)
    return gaps


def _lines(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Put pieces that stand beside each other into one line again."""
    line: list[_Piece] = []
    for piece in pieces:
        if line and not _is_beside(line[-1], piece):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _is_beside(left: _Piece, right: _Piece) -> bool:
    is_level = abs(left.middle - right.middle) < _SAME_LINE * max(left.height, right.height)
    return is_level and right.across[0] >= left.across[1]


def _goes_on(above: list[_Piece], below: list[_Piece]) -> bool:
    """Tell whether two lines are one paragraph; what has pieces is a row of its own."""
    if len(above) > 1 or len(below) > 1:
        return False
    first, second = above[0], below[0]
    height = max(first.height, second.height)
    is_same_size = abs(first.height - second.height) <= _SAME_SIZE * height
    return is_same_size and 0 < second.middle - first.middle <= _PARAGRAPH_GAP * height


def usual_height(words: Sequence[Word]) -> float:
    """Return how high most words of the page are."""
    return median(word.height for word in words) if words else 0


def level_of(words: Sequence[Word], usual: float) -> int:
    """Return how great a heading these words are by their height; none for ordinary text."""
    if not words:
        return 0
    size = median(word.height for word in words)
    if size < _HEADING_SIZE * usual or sum(len(word.text) for word in words) > _LONGEST_HEADING:
        return 0
    return 1 if size >= _GREAT_SIZE * usual else 2
