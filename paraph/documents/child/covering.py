"""Covers boxes of pages with white: what was typed there for us alone is seen by nobody."""

from __future__ import annotations

import pikepdf

from paraph.kit.child.job import Job
from paraph.sealing.geometry import Frame
from paraph.sealing.model import Box

from .pdf import open_pdf, save

RESULT = "covered.pdf"


def cover(job: Job) -> dict[str, object]:
    """Write the file with each box of ``boxes`` ([page, x, y, width, height]) painted white."""
    boxes: dict[int, list[Box]] = {}
    for page, *box in job.options["boxes"]:
        boxes.setdefault(int(page), []).append(Box(int(page), *map(float, box)))
    with open_pdf(job.inputs[0]) as pdf:
        for number, found in boxes.items():
            _paint(pdf, pdf.pages[number - 1], found)
        save(pdf, job.result(RESULT))
    return {"covered": sum(map(len, boxes.values()))}


def _paint(pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: list[Box]) -> None:
    """Draw over the page, whatever state its own drawing leaves behind."""
    frame = Frame.of(page)
    white = []
    for box in boxes:
        left, bottom, right, top = frame.rectangle(box)
        white.append(f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re")
    drawn = f"\nQ q 1 g {' '.join(white)} f Q".encode()
    page.contents_add(pdf.make_stream(b"q "), prepend=True)
    page.contents_add(pdf.make_stream(drawn))
