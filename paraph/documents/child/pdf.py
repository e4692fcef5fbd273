"""Takes in a PDF: says what it is, refuses what cannot be used, and writes one plain copy.

A file that already carries signatures is looked at and left as it came.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal
from paraph.sealing.permission import ForbidsSigning, is_damaged, refuse_forbidden

from .cleaning import clean
from .signed import is_signed
from .sizes import displayed_sizes

RESULT = "original.pdf"


def take(job: Job) -> dict[str, object]:
    """Write the canonical copy, and answer its page sizes and what was taken out."""
    source, most_pages = job.inputs[0], int(job.options["most_pages"])
    with open_pdf(source) as pdf:
        _refuse_page_count(pdf, most_pages)
        if is_signed(pdf):
            return _left_as_it_is(source, pdf)
        removed = _history(source) | clean(pdf)
        removed |= {"encryption"} if pdf.is_encrypted else set()
        removed |= {"repaired"} if pdf.get_warnings() else set()
        result = job.result(RESULT)
        save(pdf, result)
    return {"was_signed": False, "removed": sorted(removed), "pages": displayed_sizes(result)}


def open_pdf(source: Path, *, attempt_recovery: bool = True) -> pikepdf.Pdf:
    """Open a foreign PDF, mending a damaged table of contents where that is possible."""
    try:
        return pikepdf.open(source, attempt_recovery=attempt_recovery, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refusal("encrypted") from None
    except pikepdf.PdfError:
        raise Refusal("broken") from None


def save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write only what the pages need: one revision, a plain table, the same bytes every time."""
    try:
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            encryption=False,
            linearize=False,
            deterministic_id=True,
        )
    except pikepdf.PdfError:
        raise Refusal("broken") from None


def _refuse_page_count(pdf: pikepdf.Pdf, most: int) -> None:
    try:
        declared = int(pdf.Root.Pages.get("/Count", 0))
        count = declared if declared > most else len(pdf.pages)
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        raise Refusal("broken") from None
    if count > most:
        raise Refusal("too-many-pages", pages=count, most=most)
    if count == 0:
        raise Refusal("no-pages")


def _left_as_it_is(source: Path, pdf: pikepdf.Pdf) -> dict[str, object]:
    if pdf.is_encrypted:
        raise Refusal("encrypted")
    with open_pdf(source, attempt_recovery=False) as strict:
        if is_damaged(strict):
            raise Refusal("broken")
        _refuse_locked(strict)
    return {"was_signed": True, "removed": [], "pages": displayed_sizes(source)}


def _refuse_locked(pdf: pikepdf.Pdf) -> None:
    """Ask now what preparing would ask after sending."""
    try:
        refuse_forbidden(pdf)
    except ForbidsSigning:
        raise Refusal("locked-by-signature") from None


def _history(source: Path) -> set[str]:
    """Tell from the raw bytes what opening the file already forgot."""
    content = source.read_bytes()
    revisions = content.count(b"startxref") - (1 if b"/Linearized" in content[:2048] else 0)
    found = {"earlier-versions"} if revisions > 1 else set()
    return found | ({"hybrid"} if b"/XRefStm" in content else set())
