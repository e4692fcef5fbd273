"""Reads a foreign file, whatever it is, into plain records."""

import json
import re
from collections.abc import Iterator

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from . import texts, vcards
from .found import Found, Record

ROWS = "rows.jsonl"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TABLE = ("%pdf-", "{\\rtf", "<?xml", "<!doctype", "<html", "<table", '{"', "[{")
"""How texts begin that are something else, whatever they are called: a page from the web, say."""
_CARD = re.compile(r"(?:\A|[\r\n])\s*BEGIN:VCARD\s*[\r\n]", re.IGNORECASE)
_FIRST = 2000
_SAMPLE = 200


def read(job: Job) -> dict[str, object]:
    """Leave the records, and say what kind of file it is and what its columns look like."""
    content = job.inputs[0].read_bytes()
    found = _opened(content)
    kept: list[list[str]] = []
    count = width = 0
    with job.result(ROWS).open("w", encoding="utf-8") as file:
        for line, cells in _within(found.records, most=int(job.options["most_rows"])):
            file.write(json.dumps([line, cells], ensure_ascii=False) + "\n")
            count, width = count + 1, max(width, len(cells))
            if len(kept) < _SAMPLE:
                kept.append(cells)
    if not count:
        raise Refusal("empty")
    return {
        "kind": found.kind,
        "encoding": found.encoding,
        "separator": found.separator,
        "sheet": found.sheet,
        "rows": count,
        "sample": [cells + [""] * (width - len(cells)) for cells in kept],
    }


def _opened(content: bytes) -> Found:
    if not content.strip():
        raise Refusal("empty")
    if content.startswith((_ZIP, _OLE)):
        from . import sheets  # only here: with a library for nothing else

        return sheets.read(content)
    text, encoding = texts.decoded(content)
    if _CARD.search(text, 0, _FIRST):
        return vcards.read(text, encoding=encoding)
    if text[:_FIRST].lstrip().lower().startswith(_NO_TABLE):
        raise Refusal("not-a-table")
    return texts.read(text, encoding=encoding)


def _within(records: Iterator[Record], *, most: int) -> Iterator[Record]:
    """Leave out empty records, and refuse more of them than we take at once."""
    count = 0
    for line, given in records:
        cells = [cell.replace("\0", "") for cell in given]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > most:
            raise Refusal("too-many-rows", most=most)
        if len(cells) > 300:
            raise Refusal("too-many-columns", most=300)
        yield line, cells
