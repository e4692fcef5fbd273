"""What a reader has found in a file."""

from collections.abc import Iterator
from dataclasses import dataclass

Record = tuple[int, list[str]]
"""The line, row or card that it begins at, as people count, and its cells."""


@dataclass(frozen=True)
class Found:
    """A file's records, and how it is written."""

    kind: str
    records: Iterator[Record]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
