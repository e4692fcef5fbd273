"""Fills a Word template: texts, repeated rows, blocks, pictures. What they say comes ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .blocks import copies_of, decide, is_block, repeat_rows
from .drawing import Picture, draw, sign_of
from .names import w
from .package import Package
from .texts import paragraphs, safe

Element = Any  # lxml comes without stubs
RESULT = "filled.docx"
_MOST_ROWS = 20_000


class _Filling:
    """What is put where; by the tokens as they are written."""

    def __init__(self, job: Job) -> None:
        options = job.options
        self.lists: Mapping[str, list[Any]] = options["lists"]
        self.list_of: Mapping[str, str] = options["list_of"]
        self.holds: Mapping[str, bool] = options["holds"]
        shown = options["pictures"]
        self.texts = {token: safe(text) for token, text in options["texts"].items()}
        self.texts |= {token: sign_of(number) for number, token in enumerate(shown)}
        self.pictures = [
            Picture(job.inputs[number].read_bytes(), float(it["width_mm"]), str(it["label"]))
            for number, it in enumerate(shown.values(), start=1)
        ]


def fill(job: Job) -> dict[str, object]:
    """Write the filled document; tokens that nobody answered stay, and are returned."""
    package = Package(job.inputs[0], most_pixels=int(job.options["most_pixels"]))
    filling = _Filling(job)
    left: set[str] = set()
    package.entitle(safe(str(job.options["title"])))
    for part, root in package.stories():
        _strip(root)
        _fill_rows(root, filling)
        decide(root, filling.holds)
        left |= _write(root, filling.texts)
        _draw(package, part, root, filling)
    package.write(job.result(RESULT))
    return {"left": sorted(left)}


def _strip(root: Element) -> None:
    """Take out of the template what would be taken for one of our pictures."""
    for node in root.iter(w("t")):
        if node.text and (text := safe(node.text)) != node.text:
            node.text = text


def _fill_rows(root: Element, filling: _Filling) -> None:
    for name, _number, row in repeat_rows(root, lambda written: filling.list_of.get(written, "")):
        entries = filling.lists.get(name, [])
        if len(entries) > _MOST_ROWS:
            raise Refusal("too-complex")
        for copied, entry in zip(copies_of(row, len(entries)), entries, strict=True):
            decide(copied, entry["holds"])
            _write(copied, {token: safe(text) for token, text in entry["texts"].items()})


def _write(root: Element, texts: Mapping[str, str]) -> set[str]:
    """Put texts in the place of their tokens; return those that have none."""
    left = set()
    for paragraph in paragraphs(root):
        for token in reversed(paragraph.tokens()):
            if token.written in texts:
                paragraph.replace(token.start, token.end, texts[token.written])
            elif not is_block(token.written):
                left.add(token.written)
    return left


def _draw(package: Package, part: str, root: Element, filling: _Filling) -> None:
    relations: dict[int, str] = {}

    def show(number: int) -> tuple[Picture, str]:
        picture = filling.pictures[number]
        if number not in relations:
            name = f"paraph-{number}"
            relations[number] = package.add_picture(picture.content, name=name, to=part)
        return picture, relations[number]

    draw(root, show)
