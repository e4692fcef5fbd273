"""Says what a Word template names, where, and what in it does not hang together."""

from __future__ import annotations

from typing import Any

from paraph.kit.child.job import Job

from .blocks import is_end, is_if, marks, row_of
from .names import w
from .package import MAIN, Package
from .texts import Paragraph, paragraphs

Element = Any  # lxml comes without stubs
RESULT = "template.docx"
_MOST_TOKENS = 2_000
_AROUND = 60


def look(job: Job) -> dict[str, object]:
    """Leave a tamed copy; answer the tokens with their places, and faults of structure."""
    package = Package(job.inputs[0], most_pixels=int(job.options["most_pixels"]))
    tokens: list[dict[str, object]] = []
    faults: list[dict[str, object]] = []
    for name, root in package.stories():
        pages = _pages(root)
        for paragraph in paragraphs(root):
            where = _where(name, paragraph, pages)
            tokens += _tokens(paragraph, where)
            if paragraph.open_brace:
                faults.append({"code": "open-brace", "written": paragraph.open_brace, **where})
        faults += _unpaired(root, name, pages)
    package.write(job.result(RESULT))
    return {
        "tokens": tokens[:_MOST_TOKENS],
        "faults": faults[:_MOST_TOKENS],
        "removed": sorted(package.removed),
    }


def _tokens(paragraph: Paragraph, where: dict[str, object]) -> list[dict[str, object]]:
    in_row = row_of(paragraph.element) is not None
    return [
        {"written": token.written, "in_row": in_row, **where}
        for token in paragraph.tokens()
        if not is_end(token.written)
    ]


def _unpaired(root: Element, name: str, pages: dict[Element, int]) -> list[dict[str, object]]:
    """Find beginnings without an end, and ends without a beginning."""
    faults, waiting = [], []
    for mark in marks(root):
        if is_if(mark.token.written):
            waiting.append(mark)
        elif waiting:
            waiting.pop()
        else:
            faults.append(("stray-end", mark))
    faults += [("unclosed-if", mark) for mark in waiting]
    return [
        {"code": code, "written": mark.token.written, **_where(name, mark.paragraph, pages)}
        for code, mark in faults
    ]


def _where(name: str, paragraph: Paragraph, pages: dict[Element, int]) -> dict[str, object]:
    """Say where a paragraph is: in which story, on which page as Word last saw it, its text."""
    story = (
        "body"
        if name == MAIN
        else name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    )
    text = " ".join(paragraph.text.split())
    text = text if len(text) <= _AROUND * 2 else f"{text[:_AROUND]} … {text[-_AROUND:]}"
    return {"story": story, "page": pages.get(paragraph.element, 0), "text": text}


def _pages(root: Element) -> dict[Element, int]:
    """Return the page of each paragraph, as Word remembers where pages ended."""
    found, page = {}, 1
    for element in root.iter(w("p"), w("lastRenderedPageBreak"), w("br")):
        if element.tag == w("p"):
            found[element] = page
        elif element.tag == w("lastRenderedPageBreak") or element.get(w("type")) == "page":
            page += 1
    return found
