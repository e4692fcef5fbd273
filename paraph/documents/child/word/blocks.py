"""What is repeated and what is left out: table rows of lists, and ``{#if …}`` to ``{/if}``."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .names import w
from .texts import Paragraph, Token, paragraphs

Element = Any  # lxml comes without stubs
_IF, _END = "#if ", "/if"
_MOST_BLOCKS = 5_000


@dataclass(frozen=True)
class Mark:
    """A token and the paragraph that it stands in."""

    paragraph: Paragraph
    token: Token

    @property
    def condition(self) -> str:
        return self.token.written[len(_IF) :].strip()


def is_if(written: str) -> bool:
    """Tell whether a token begins a block."""
    return written.lower().startswith(_IF)


def is_end(written: str) -> bool:
    """Tell whether a token ends a block."""
    return written.lower().replace(" ", "") == _END


def is_block(written: str) -> bool:
    """Tell whether a token stands for no value."""
    return is_if(written) or is_end(written)


def row_of(paragraph: Element) -> Element | None:
    """Return the table row that a paragraph stands in."""
    return next(paragraph.iterancestors(w("tr")), None)


def repeat_rows(root: Element, list_of: Callable[[str], str]) -> list[tuple[str, int, Element]]:
    """Repeat each row that names a list, once for now; returns (list, number, row)."""
    found: dict[Element, str] = {}
    for paragraph in paragraphs(root):
        row = row_of(paragraph.element)
        for token in paragraph.tokens():
            name = list_of(token.written)
            if name and row is not None:
                found.setdefault(row, name)
    return [(name, number, row) for number, (row, name) in enumerate(found.items())]


def copies_of(row: Element, count: int) -> Sequence[Element]:
    """Return as many rows in the place of one; a table without any row goes."""
    copies = [copy.deepcopy(row) for _number in range(count)]
    for each in copies:
        row.addprevious(each)
    table = row.getparent()
    table.remove(row)
    if not count and table.tag == w("tbl") and table.find(w("tr")) is None:
        _remove(table)
    return copies


def decide(root: Element, holds: Mapping[str, bool]) -> None:
    """Keep or leave out each block whose condition is known, from the outside in."""
    for _time in range(_MOST_BLOCKS):
        pair = next((it for it in pairs(root) if it[0].condition in holds), None)
        if pair is None:
            return
        _settle(*pair, is_kept=holds[pair[0].condition])


def pairs(root: Element) -> list[tuple[Mark, Mark]]:
    """Return the blocks as their beginnings and ends, in the order of their beginnings."""
    found, open_marks = [], []
    for mark in marks(root):
        if is_if(mark.token.written):
            open_marks.append(mark)
        elif open_marks:
            found.append((len(open_marks), open_marks.pop(), mark))
    return [(start, end) for _depth, start, end in sorted(found, key=lambda it: it[0])]


def marks(root: Element) -> list[Mark]:
    """Return the beginnings and ends of blocks in their order."""
    return [
        Mark(paragraph, token)
        for paragraph in paragraphs(root)
        for token in paragraph.tokens()
        if is_block(token.written)
    ]


def _settle(start: Mark, end: Mark, *, is_kept: bool) -> None:
    first, last = start.paragraph, end.paragraph
    if first.element is last.element:
        _settle_inside(first, start.token, end.token, is_kept=is_kept)
        return
    top, bottom = _siblings(first.element, last.element)
    if top is not first.element and not is_kept:
        _remove_between(top, bottom, inclusive=True)
        return
    if not is_kept:
        _remove_between(top, bottom, inclusive=False)
    stop = len(first.text) if not is_kept else start.token.end
    first.cut(start.token.start, stop)
    last.cut(end.token.start if is_kept else 0, end.token.end)
    for paragraph in (first, last):
        _remove_if_empty(paragraph.element)


def _settle_inside(paragraph: Paragraph, start: Token, end: Token, *, is_kept: bool) -> None:
    if is_kept:
        paragraph.cut(end.start, end.end)
        paragraph.cut(start.start, start.end)
    else:
        paragraph.cut(start.start, end.end)
    _remove_if_empty(paragraph.element)


def _siblings(first: Element, last: Element) -> tuple[Element, Element]:
    """Return the two, or what holds each of them, as children of one element."""
    above_first = [first, *first.iterancestors()]
    above_last = [last, *last.iterancestors()]
    common = next(it for it in above_first if it in above_last)
    if common.tag == w("tr"):  # from one cell to another: it is about the whole row
        return common, common
    top = above_first[above_first.index(common) - 1]
    return top, above_last[above_last.index(common) - 1]


def _remove_between(top: Element, bottom: Element, *, inclusive: bool) -> None:
    between = [top]
    while between[-1] is not bottom:
        between.append(between[-1].getnext())
    for element in between if inclusive else between[1:-1]:
        _remove(element)


def _remove_if_empty(element: Element) -> None:
    """Take out a paragraph that held only marks."""
    has_more = any(True for _it in element.iter(w("drawing"), w("pict"), w("sectPr"), w("object")))
    if not has_more and not Paragraph(element).text.strip() and element.getparent() is not None:
        _remove(element)


def _remove(element: Element) -> None:
    """Take an element out; a cell keeps a paragraph, without which Word calls the file broken."""
    parent = element.getparent()
    parent.remove(element)
    if parent.tag == w("tc") and (not len(parent) or parent[-1].tag != w("p")):
        parent.append(parent.makeelement(w("p"), nsmap=None))
    if parent.tag == w("tbl") and parent.find(w("tr")) is None:
        _remove(parent)
