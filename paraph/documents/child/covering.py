"""Takes off a page what was typed there for us alone: nobody sees it, and nobody reads it.

Where the words cannot be taken out without moving others, they are painted white.
"""

from __future__ import annotations

import re

import pikepdf

from paraph.kit.child.job import Job
from paraph.sealing.geometry import Frame
from paraph.sealing.model import Box

from .pdf import open_pdf, save
from .unwriting import unwrite

RESULT = "covered.pdf"


def cover(job: Job) -> dict[str, object]:
    """Write the file without what is in ``boxes`` ([page, x, y, width, height]): each is a
    match of ``pattern``."""
    pattern = re.compile(job.options["pattern"], re.IGNORECASE)
    boxes: dict[int, list[Box]] = {}
    for page, *box in job.options["boxes"]:
        boxes.setdefault(int(page), []).append(Box(int(page), *map(float, box)))
    with open_pdf(job.inputs[0]) as pdf:
        for number, found in boxes.items():
            page = pdf.pages[number - 1]
            if unwrite(pdf, page, pattern) < len(found):
                _paint(pdf, page, found)
        save(pdf, job.result(RESULT))
    return {"covered": sum(map(len, boxes.values()))}


def _paint(pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: list[Box]) -> None:
    """Draw over the page, whatever state its own drawing leaves behind."""
    frame = Frame.of(page)
    white = []
    for box in boxes:
        left, bottom, right, top = frame.rectangle(box)
        white.append(f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re")
    drawn = f"\nQ /Artifact BMC q 1 g {' '.join(white)} f Q EMC".encode()
    page.contents_add(pdf.make_stream(b"q "), prepend=True)
    page.contents_add(pdf.make_stream(drawn))
