"""The text of a paragraph over all its runs, and how a stretch of it is replaced.

Word cuts ``{contact.name}`` into as many runs as it likes: what counts is the text. What is put
in its place looks like the character that stood first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .names import SPACE, w

Element = Any  # lxml comes without stubs
# {{sign:client}} is a mark of another kind, and stays.
_TOKEN = re.compile(r"(?<!\{)\{([^{}\n\t]{1,200})\}(?!\})")
_OPEN = re.compile(r"(?<!\{)\{(?!\{)[^{}]{0,40}$")
_TEXT, _PARAGRAPH = w("t"), w("p")
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t"}
# What XML cannot hold, and the private signs that ``drawing`` has for itself.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class Token:
    """What stands between braces, and where in the text of its paragraph."""

    written: str
    start: int
    end: int


class Paragraph:
    """One paragraph: its text, and the elements that hold it."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self._pieces: list[tuple[int, Element]] = []
        parts, at = [], 0
        for node in _nodes(element):
            text = (node.text or "") if node.tag == _TEXT else _BREAKS[node.tag]
            if node.tag == _TEXT:
                self._pieces.append((at, node))
            parts.append(text)
            at += len(text)
        self.text = "".join(parts)

    def tokens(self) -> list[Token]:
        """Return everything in braces."""
        return [
            Token(found[1].strip(), found.start(), found.end())
            for found in _TOKEN.finditer(self.text)
        ]

    @property
    def open_brace(self) -> str:
        """Return what follows a brace that nothing closes, or nothing."""
        found = _OPEN.search(self.text)
        return found[0] if found else ""

    def replace(self, start: int, end: int, text: str) -> None:
        """Put text in place of a stretch; later stretches first, or their places are wrong."""
        new = text
        for at, node in self._pieces:
            old = node.text or ""
            first, last = max(start - at, 0), min(end - at, len(old))
            if first >= last:
                continue
            node.text = old[:first] + new + old[last:]
            node.set(SPACE, "preserve")
            new = ""

    def cut(self, start: int, end: int) -> None:
        """Take a stretch out, with the breaks in it."""
        at = 0
        for node in list(_nodes(self.element)):
            length = len(node.text or "") if node.tag == _TEXT else 1
            if node.tag != _TEXT and start <= at < end:
                node.getparent().remove(node)
            at += length
        self.replace(start, end, "")


def paragraphs(root: Element) -> Iterator[Paragraph]:
    """Yield each paragraph below an element that has any braces in it."""
    for element in list(root.iter(_PARAGRAPH)):
        paragraph = Paragraph(element)
        if "{" in paragraph.text:
            yield paragraph


def safe(text: str) -> str:
    """Return text without what no document can hold."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _nodes(paragraph: Element) -> Iterator[Element]:
    """Yield what makes the text of a paragraph, but not of one inside it (a text box)."""
    for node in paragraph.iter(_TEXT, *_BREAKS):
        is_stop = node.getparent().tag == w("tabs")  # a tab stop, which is no text
        if not is_stop and next(node.iterancestors(_PARAGRAPH)) is paragraph:
            yield node
