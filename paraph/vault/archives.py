"""Signed files as one ZIP that is written while it is sent: no more than a piece of one document
is in memory, however many there are, and however large.

Names follow from the documents alone. Whoever is cut off asks for the rest (``after``), unpacks
both archives over each other, and has what one would have held.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime
from functools import partial
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.exceptions import ObjectDoesNotExist

from paraph.kit import db, files, zips
from paraph.kit.tables import neutralise
from paraph.sealing.evidence import SIGNED
from paraph.signing import authority
from paraph.signing.assembly import evidence
from paraph.signing.assembly.gathering import Known, gathered, up_to_date

from .models import SignedFile, SignedFiles

STRETCH = 25
_UNFIT = re.compile(r"[^\w .,()–-]+")
HEAD = (
    *("file", "evidence", "id", "title", "number", "class", "client", "amount", "currency"),
    *("signed", "responsible", "sha256", "problem"),
)
Noted = Callable[[Sequence[SignedFile]], None]
Put = Callable[[str, Iterator[bytes]], Iterator[bytes]]


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
    leaving = zips.Leaving()
    table = io.StringIO()
    csv.writer(table).writerow(HEAD)
    with db.reading_once(), ZipFile(leaving, "w", ZIP_STORED) as archived:
        for file, known, certificates in _gathered(rows, after=after, note=note):
            put = partial(_put, archived, leaving, at=file.completed_at)
            problem = yield from _written(put, file, known, certificates)
            csv.writer(table).writerow(_line(file, known, problem))
        archived.writestr(_entry("index.csv", None, ZIP_DEFLATED), "\ufeff" + table.getvalue())
    yield leaving.taken()


def _gathered(
    rows: Callable[[], SignedFiles], *, after: int, note: Noted
) -> Iterator[tuple[SignedFile, Known, bytes]]:
    """Yield each file with what is known of it and the installation's certificates; all of it is
    asked for a stretch at a time.
    """
    while stretch := _next(rows(), after=after):
        note(stretch)
        known = gathered([(file.document, file.envelope) for file in stretch])
        certificates = b"".join(authority.certificates())
        for file, each in zip(stretch, known, strict=True):
            yield file, each, certificates
        after = stretch[-1].pk


def _next(rows: SignedFiles, *, after: int) -> list[SignedFile]:
    ahead = rows.filter(pk__gt=after).select_related("document", "envelope", "responsible")
    return list(ahead.order_by("pk")[:STRETCH])


def _written(
    put: Put, file: SignedFile, known: Known, certificates: bytes
) -> Generator[bytes, None, str]:
    """Write a file and its evidence, or return why not: what is damaged, or was deleted since, is
    named in the index and left out. Sending one may take minutes, so each of both asks anew.
    """
    name, proof = names_of(file)
    try:
        with evidence.opened(known) as sources:
            known = up_to_date(known)
            yield from put(name, files.pieces(sources[SIGNED], name=known.completed.sha256))
            known = up_to_date(known)
            yield from put(proof, evidence.streamed(known, sources, authority=certificates))
    except (files.FileDamaged, FileNotFoundError):
        is_there = SignedFile.objects.filter(pk=file.pk).exists()
        return "damaged" if is_there else "gone"
    except ObjectDoesNotExist:
        return "gone"
    return ""


def _put(
    archived: ZipFile, leaving: zips.Leaving, name: str, pieces: Iterator[bytes], *, at: datetime
) -> Iterator[bytes]:
    return zips.put(archived, leaving, _entry(name, at, ZIP_STORED), pieces, is_huge=True)


def _entry(name: str, at: datetime | None, how: int) -> ZipInfo:
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second) if at else None
    entry = ZipInfo(name, moment or (2000, 1, 1, 0, 0, 0))
    entry.compress_type = how
    return entry


def _line(file: SignedFile, known: Known, problem: str) -> list[str]:
    name, proof = names_of(file)
    sha256 = known.completed.sha256 if problem != "gone" else ""
    cells = [
        *("" if problem else name, "" if problem else proof),
        *(file.readable, file.title, file.number, file.document_class, file.client_name),
        *(str(file.amount) if file.currency else "", file.currency),
        *(file.completed_at.isoformat(), file.responsible.name, sha256, problem),
    ]
    return [neutralise(cell) for cell in cells]
