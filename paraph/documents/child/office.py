"""Makes a PDF of an office document: tamed, opened by LibreOffice, saved as PDF/A with tags."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .libreoffice import LibreOffice
from .packages import tame

RESULT = "converted.pdf"
_PACKAGES = ("docx", "odt")
_PDF = json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "ExportFormFields": {"type": "boolean", "value": "false"},
        "ExportNotes": {"type": "boolean", "value": "false"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
        "IsSkipEmptyPages": {"type": "boolean", "value": "true"},
    }
)
_FIRST = "{\\rtf1\\ansi Ready\\par}"
_SECTOR, _WORD, _LOCKED = 512, b"\xec\xa5", 0x01
_started: list[LibreOffice] = []


def warm_up(job: Job) -> None:
    """Start LibreOffice and have it open a line of text, so that the next document is quick."""
    office = _office(job)
    first = job.workshop / "first.rtf"
    first.write_text(_FIRST, encoding="ascii")
    office.convert(first, job.workshop / "first.pdf", kind="pdf", options=_PDF)
    _started.append(office)


def convert(job: Job) -> dict[str, object]:
    """Write the PDF of one document whose kind is told; answer what was taken out of it."""
    kind = str(job.options["kind"])
    source, removed = job.workshop / f"document.{kind}", set[str]()
    if kind in _PACKAGES:
        removed = tame(job.inputs[0], source, most_pixels=int(job.options["most_pixels"]))
    else:
        _refuse_old(kind, job.inputs[0].read_bytes())
        shutil.copyfile(job.inputs[0], source)
    office = _started.pop() if _started else _office(job)
    office.convert(source, job.result(RESULT), kind="pdf", options=_PDF)
    return {"removed": sorted(removed)}


def _refuse_old(kind: str, content: bytes) -> None:
    """An old Word file begins its text in a sector; what has none would be shown as letters."""
    if kind != "doc":
        return
    starts = range(_SECTOR, len(content), _SECTOR)
    start = next((each for each in starts if content.startswith(_WORD, each)), None)
    if start is None:
        raise Refusal("office-not-opened")
    if content[start + 11] & _LOCKED:
        raise Refusal("encrypted")


def _office(job: Job) -> LibreOffice:
    return LibreOffice(Path(job.options["program"]), profile=job.workshop / "profile")
