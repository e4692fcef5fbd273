"""Signed files as one ZIP that is written while it is sent: no more than one document at a time
is in memory, however many there are.

Names follow from the documents alone. Whoever is cut off asks for the rest (``after``), unpacks
both archives over each other, and has what one would have held.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.exceptions import ObjectDoesNotExist

from paraph.kit import db, files
from paraph.kit.tables import neutralise
from paraph.signing import authority
from paraph.signing.assembly.evidence import archive as evidence_of
from paraph.signing.assembly.evidence import completed_revision

from .models import SignedFile, SignedFiles

STRETCH = 50
PIECE = 256 * 1024
_UNFIT = re.compile(r"[^\w .,()–-]+")
HEAD = (
    *("file", "evidence", "id", "title", "number", "class", "client", "amount", "currency"),
    *("signed", "responsible", "sha256", "problem"),
)
Noted = Callable[[Sequence[SignedFile]], None]


def names_of(file: SignedFile) -> tuple[str, str]:
    """Return where a signed file and its evidence lie in every archive."""
    title = " ".join(_UNFIT.sub(" ", file.title).split())[:80].rstrip(" .")
    folder = file.completed_at.strftime("%Y/%m")
    name = f"{folder}/{file.readable} {title}".rstrip()
    return f"{name}.pdf", f"{name}.evidence.zip"


def streamed(rows: Callable[[], SignedFiles], *, after: int, note: Noted) -> Iterator[bytes]:
    """Yield the archive of these rows, in the order of their keys, from a key on.

    ``rows`` is asked again for each stretch: a right that is taken away meanwhile counts at once.
    ``note`` hears of a stretch before any byte of it leaves.
    """
    leaving = _Leaving()
    table = io.StringIO()
    csv.writer(table).writerow(HEAD)
    with db.reading_once(), ZipFile(leaving, "w", ZIP_STORED) as archived:
        while stretch := list(rows().filter(pk__gt=after).order_by("pk")[:STRETCH]):
            note(stretch)
            for file in stretch:
                yield from _written(archived, leaving, file, table=table)
            after = stretch[-1].pk
        archived.writestr(_entry("index.csv", None, ZIP_DEFLATED), "\ufeff" + table.getvalue())
    yield leaving.taken()


def _written(
    archived: ZipFile, leaving: _Leaving, file: SignedFile, *, table: io.StringIO
) -> Iterator[bytes]:
    """Write a file and its evidence; what is damaged, or was deleted since, is named in the index
    and left out.
    """
    name, proof = names_of(file)
    sha256, problem = "", ""
    try:
        sha256 = completed_revision(file.document).sha256
        yield from _put(archived, leaving, name, files.get(sha256), at=file.completed_at)
        certificates = b"".join(authority.certificates())
        evidence = evidence_of(file.document, file.envelope, authority=certificates)
        yield from _put(archived, leaving, proof, evidence, at=file.completed_at)
    except (files.FileDamaged, FileNotFoundError):
        problem = "damaged"
    except ObjectDoesNotExist:
        problem = "gone"
    csv.writer(table).writerow(_line(file, name, proof, sha256, problem))


def _put(
    archived: ZipFile, leaving: _Leaving, name: str, content: bytes, *, at: datetime
) -> Iterator[bytes]:
    """Put one entry into the archive, in pieces that leave at once."""
    with archived.open(_entry(name, at, ZIP_STORED), "w", force_zip64=True) as entry:
        for begin in range(0, len(content), PIECE):
            entry.write(memoryview(content)[begin : begin + PIECE])
            yield leaving.taken()
    yield leaving.taken()


def _entry(name: str, at: datetime | None, how: int) -> ZipInfo:
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second) if at else None
    entry = ZipInfo(name, moment or (2000, 1, 1, 0, 0, 0))
    entry.compress_type = how
    return entry


def _line(file: SignedFile, name: str, proof: str, sha256: str, problem: str) -> list[str]:
    cells = [
        *("" if problem else name, "" if problem else proof),
        *(file.readable, file.title, file.number, file.document_class, file.client_name),
        *(str(file.amount) if file.currency else "", file.currency),
        *(file.completed_at.isoformat(), file.responsible.name, sha256, problem),
    ]
    return [neutralise(cell) for cell in cells]


class _Leaving(io.RawIOBase):
    """Where the archive writes to: bytes wait here until they are sent."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        piece = bytes(content)  # type: ignore[call-overload]  # whatever has a buffer
        self._waiting.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        whole = b"".join(self._waiting)
        self._waiting.clear()
        return whole
