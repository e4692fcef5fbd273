"""A file in the making: as bytes, or, where it is large, on disk without a name. Either is cut
and hashed in the same way, so that sealing holds no large file whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
import weakref
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Protocol, TypeVar, cast

PIECE = 1 << 20
"""So much at a time, as in the store, which this folder does not know."""


class Cuttable(Protocol):
    """What can be measured and cut like bytes."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


class Draft:
    """A file on disk that nobody else can open; it is gone with the process that made it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  lives as long as we
        weakref.finalize(self, self.file.close)

    def __len__(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _step = part.indices(len(self))
        return os.pread(self.file.fileno(), max(0, stop - start), start)

    @property
    def path(self) -> str:
        """Where parsers of this process find it."""
        return f"/dev/fd/{self.file.fileno()}"

    def grow(self, written: bytes) -> None:
        """Add bytes at the end."""
        self.file.seek(0, os.SEEK_END)
        view = memoryview(written)
        while view:
            view = view[self.file.write(view) :]


Paper = bytes | Draft
"""What acts are written on."""
Sheet = TypeVar("Sheet", bound=Paper)


def pieces(paper: Cuttable, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Cut a stretch into pieces that are held one at a time."""
    end = len(paper) if end is None else end
    for place in range(start, end, PIECE):
        yield paper[place : min(place + PIECE, end)]


def digest_of(paper: Paper) -> hashlib._Hash:
    """The running SHA-256 of all its bytes."""
    running = hashlib.sha256()
    for piece in pieces(paper):
        running.update(piece)
    return running


def readable(paper: Paper) -> BytesIO | str:
    """The file as parsers take it; they read a draft where it lies."""
    return BytesIO(paper) if isinstance(paper, bytes) else paper.path


def grown(paper: Sheet, tail: bytes) -> Sheet:
    """The file with its tail; a draft grows in place."""
    if isinstance(paper, Draft):
        paper.grow(tail)
        return paper
    return cast(Sheet, paper + tail)
