"""What the pages of a signed file say, from the sandbox that opens it."""

from __future__ import annotations

from paraph.documents.text import Block, page_text
from paraph.signing.assembly.evidence import completed_revision

from .models import SignedFile
from .words import MOST_LETTERS


def pages_of(file: SignedFile) -> list[str]:
    """Return the text of each page, as far as the index has room for it."""
    revision = completed_revision(file.document)
    pages: list[str] = []
    room = MOST_LETTERS
    for number in range(1, file.page_count + 1):
        if room <= 0:
            break
        said = " \n".join(filter(None, map(_said, page_text(revision, number).blocks)))
        pages.append(said[:room])
        room -= len(said)
    return pages


def _said(block: Block) -> str:
    """Return what a block says, its items and cells apart by spaces."""
    cells = (cell.text for row in block.rows for cell in row)
    return " ".join(filter(None, (block.text, *block.items, *cells)))
