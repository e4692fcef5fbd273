"""ZIP archives that are written while they leave: never more of one in memory than a piece."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from zipfile import ZipFile, ZipInfo


class Leaving(io.RawIOBase):
    """Where an archive writes to: bytes wait here until they are taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        """Tell that it can be written to, and nothing else."""
        return True

    def write(self, content: object) -> int:
        """Let bytes wait."""
        piece = bytes(content)  # type: ignore[call-overload]  # whatever has a buffer
        self._waiting.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        whole = b"".join(self._waiting)
        self._waiting.clear()
        return whole


def put(
    archived: ZipFile,
    leaving: Leaving,
    entry: ZipInfo | str,
    pieces: Iterable[bytes],
    *,
    is_huge: bool = False,
) -> Iterator[bytes]:
    """Put one entry into the archive; yield what may leave, a piece at a time.

    A name alone is an entry as the archive packs by itself, with the date that a ZIP has for none.
    One that may exceed 2 GiB ``is_huge``: Java 17 and others cannot read such as a stream.
    """
    with archived.open(entry, "w", force_zip64=is_huge) as kept:
        for piece in pieces:
            kept.write(piece)
            yield leaving.taken()
    yield leaving.taken()
