"""The kept records of a file, read on from any of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from paraph.kit import files


@dataclass(frozen=True)
class Kept:
    """One record: its place in the kept rows, its line in the file, its cells."""

    offset: int
    line: int
    cells: list[str]


def records_from(sha256: str, *, offset: int, most: int) -> tuple[list[Kept], int | None]:
    """Return the next records, and where those after them begin; nothing at the end."""
    found: list[Kept] = []
    with files.open_file(sha256) as file:
        file.seek(offset)
        while len(found) < most and (text := file.readline()):
            line, cells = json.loads(text)
            found.append(Kept(offset, int(line), [str(cell) for cell in cells]))
            offset += len(text)
        return found, offset if file.read(1) else None


def records_at(sha256: str, offsets: Iterator[int]) -> Iterator[list[str]]:
    """Yield the cells of the records at these places."""
    with files.open_file(sha256) as file:
        for offset in offsets:
            file.seek(offset)
            yield [str(cell) for cell in json.loads(file.readline())[1]]
