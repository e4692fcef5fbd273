"""Puts the words of a page into blocks that can be read aloud: by tags, else by their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .columns import Text, level_of, texts_in_order, usual_height
from .placing import Word, around, said
from .ruling import Grid
from .tables import rows_of

if TYPE_CHECKING:
    from .tags import Tag

_HEADINGS = {f"H{level}": level for level in range(1, 7)} | {"H": 2, "Title": 1}
_ITEMS = {"LI", "TOCI"}
_GROUPS = {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "Private"}
_GROUPS |= {"L", "TOC", "Aside", "Index", "Form", ""}
_APART = {"Table", "L", "TOC"}  # blocks of their own, even inside a paragraph
_TAGGED_ENOUGH = 0.5
Block = dict[str, Any]  # what JSON can say; documents/text.py gives it a shape


@dataclass(frozen=True)
class _Page:
    """The words of a page by the numbers of their tags, and their usual height."""

    marked: dict[int, list[Word]]
    usual: float


def blocks_of(words: Sequence[Word], *, tree: Sequence[Tag], cells: Sequence[Grid]) -> list[Block]:
    """Return the page's blocks in the order in which they are to be read."""
    tagged = list(_tagged(tree, _Page(_by_mark(words), usual_height(words))))
    claimed = {number for tag in tree for number in _marks(tag, apart=False)}
    rest = [word for word in words if word.mark not in claimed and not word.is_decoration]
    if len(words) - len(rest) < _TAGGED_ENOUGH * len(words):
        return _by_place([word for word in words if not word.is_decoration], cells)
    for block in _by_place(rest, ()):
        tagged.insert(_place_for(block, tagged), block)
    return tagged


def _by_mark(words: Sequence[Word]) -> dict[int, list[Word]]:
    marked: dict[int, list[Word]] = {}
    for word in words:
        marked.setdefault(word.mark, []).append(word)
    return marked


def _tagged(tags: Sequence[int | Tag], page: _Page) -> Iterator[Block]:
    for tag in tags:
        if isinstance(tag, int):
            yield from _text("paragraph", page.marked.get(tag, []))
        elif tag.kind == "Table":
            yield from _table(tag, page)
        elif tag.kind == "Figure" and tag.says:
            yield {"kind": "figure", "text": tag.says, "box": around(_words(tag, page.marked))}
        elif tag.kind in _GROUPS:
            yield from _tagged(tag.inside, page)
        else:
            yield from _leaf(tag, page)


def _leaf(tag: Tag, page: _Page) -> Iterator[Block]:
    kind = "heading" if tag.kind in _HEADINGS else "item" if tag.kind in _ITEMS else "paragraph"
    words = _words(tag, page.marked)
    level = _HEADINGS.get(tag.kind, 0)
    if kind == "paragraph" and level_of(words, page.usual) == 1:
        kind, level = "heading", 1  # a title; its tag says nothing
    for block in _text(kind, words):
        yield block | ({"level": level} if kind == "heading" else {})
    yield from _tagged(list(_apart(tag)), page)


def _words(tag: Tag, marked: dict[int, list[Word]]) -> list[Word]:
    return [word for number in _marks(tag, apart=True) for word in marked.get(number, [])]


def _marks(tag: Tag, *, apart: bool) -> Iterator[int]:
    """Yield the numbers of the element's text, and of blocks within it unless they are apart."""
    for part in tag.inside:
        if isinstance(part, int):
            yield part
        elif not (apart and part.kind in _APART):
            yield from _marks(part, apart=apart)


def _apart(tag: Tag) -> Iterator[Tag]:
    for part in tag.inside:
        if isinstance(part, int):
            continue
        if part.kind in _APART:
            yield part
        else:
            yield from _apart(part)


def _table(tag: Tag, page: _Page) -> Iterator[Block]:
    words = [word for number in _marks(tag, apart=False) for word in page.marked.get(number, [])]
    if words:
        yield {"kind": "table", "rows": rows_of(tag, page.marked), "box": around(words)}


def _text(kind: str, words: Sequence[Word]) -> Iterator[Block]:
    if words:
        yield {"kind": kind, "text": said(words), "box": around(words)}


def _by_place(words: Sequence[Word], grids: Sequence[Grid]) -> list[Block]:
    """Read the page from its places: columns, lines, paragraphs, and tables with rules."""
    tables: list[Block] = []
    left = list(words)
    for grid in grids:
        inside = [word for word in left if _is_in(word, grid)]
        if table := _ruled(inside, grid):
            tables.append(table)
            left = [word for word in left if word not in inside]
    blocks = [_placed(text) for text in texts_in_order(left)]
    for table in tables:
        blocks.insert(_place_for(table, blocks), table)
    return blocks


def _placed(text: Text) -> Block:
    block: Block = {"kind": "paragraph", "text": said(text.words), "box": around(text.words)}
    return block | ({"kind": "heading", "level": text.level} if text.level else {})


def _is_in(word: Word, grid: Grid) -> bool:
    (x, y), (columns, rows) = word.middle, grid
    return columns[0] <= x <= columns[-1] and rows[0] <= y <= rows[-1]


def _ruled(words: Sequence[Word], grid: Grid) -> Block | None:
    columns, rows = grid
    cells: list[list[list[Word]]] = [[[] for _column in columns[1:]] for _row in rows[1:]]
    for word in words:
        x, y = word.middle
        row = sum(start <= y for start in rows[1:-1])
        cells[row][sum(start <= x for start in columns[1:-1])].append(word)
    filled = [row for row in cells if any(row)]
    if len(filled) < 2 or max(sum(map(bool, row)) for row in filled) < 2:
        return None
    written = [[{"text": said(cell), "is_head": False} for cell in row] for row in filled]
    return {"kind": "table", "rows": written, "box": around(words)}


def _place_for(block: Block, blocks: Sequence[Block]) -> int:
    """Return where among others a block belongs that stands somewhere on the page."""
    box = block["box"]
    above = [
        index
        for index, other in enumerate(blocks)
        if other["box"] and box and other["box"][1] + other["box"][3] / 2 <= box[1]
    ]
    return above[-1] + 1 if above else 0
