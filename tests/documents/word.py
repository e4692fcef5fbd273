"""Builds the Word templates that tests upload."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document

from paraph.documents.intake import MOST_PIXELS
from paraph.kit import sandbox

FOLDER = "paraph.documents.child.word"


def word(build: Callable[[Document], object]) -> bytes:
    """Return a Word file that a function built."""
    document = docx.Document()
    build(document)
    return saved(document)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph_of(document: Document, *runs: str) -> None:
    """Add a paragraph cut into runs, the second of them bold."""
    paragraph = document.add_paragraph()
    for number, text in enumerate(runs):
        paragraph.add_run(text).bold = number == 1


def table_of(document: Document, *rows: Sequence[str]) -> None:
    """Add a table."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text


def looked(content: bytes) -> dict[str, Any]:
    """Return what the sandbox says of a template."""
    verb = f"{FOLDER}.looking:look"
    return dict(sandbox.run(verb, [content], most_pixels=MOST_PIXELS).answer)


def filled(content: bytes, drawn: Sequence[bytes] = (), **options: Any) -> Document:
    """Return the template as the sandbox fills it."""
    empty = {"texts": {}, "lists": {}, "list_of": {}, "holds": {}, "pictures": {}, "title": "T"}
    verb, files = f"{FOLDER}.filling:fill", [content, *drawn]
    outcome = sandbox.run(verb, files, most_pixels=MOST_PIXELS, **{**empty, **options})
    return docx.Document(BytesIO(outcome.files["filled.docx"]))


def texts_of(document: Document) -> list[str]:
    """Return the paragraphs of the body, tables apart."""
    return [paragraph.text for paragraph in document.paragraphs]


def cells_of(document: Document) -> list[list[str]]:
    """Return the first table."""
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def dot() -> bytes:
    """Return the smallest picture there is."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        crc = zlib.crc32(name + body)
        made += struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)
    return made


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a Word file with one part more, or another one in its place."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return out.getvalue()
