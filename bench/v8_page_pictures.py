"""V8, the pictures: how heavy the first page is on a phone, and how soon it is drawn."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")

import pypdfium2
from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from paraph.kit import sandbox

PAGES = 10
ROUNDS = 7
MOST_BYTES = 70_000
WORDS = (
    "The supplier delivers the goods named in annex {n} within {n} days of the order, at {n} %."
)


def measure() -> Iterator[Mapping[str, object]]:
    """Draw pages of an ordinary contract as the portal does, beside PDFium alone."""
    with tempfile.TemporaryDirectory() as folder:
        settings.PARAPH_DATA = folder
        contract = ordinary_contract()
        sandbox.confinement()
        heaviest = max(len(picture) for picture in _drawn(contract, list(range(1, PAGES + 1))))
        ours = _milliseconds(lambda: _drawn(contract, [1]))
        bare = _milliseconds(lambda: _bare(contract))
    yield _figure("heaviest page picture for a phone", heaviest, "bytes", MOST_BYTES)
    yield _figure("first page for a phone, drawn behind walls", ours, "ms", 1000)
    yield {
        "id": "V8",
        "what": "the same by PDFium alone, in the open",
        "value": bare,
        "unit": "ms",
        "target": "for comparison",
        "holds": True,
    }


def _figure(what: str, value: float, unit: str, most: float) -> Mapping[str, object]:
    target = f"at most {most:,} {unit}"
    holds = value <= most
    return {
        "id": "V8",
        "what": what,
        "value": value,
        "unit": unit,
        "target": target,
        "holds": holds,
    }


def _drawn(contract: bytes, pages: list[int]) -> list[bytes]:
    return list(
        sandbox.run(
            "paraph.documents.child.rendering:render", [contract], pages=pages, size="phone"
        ).files.values()
    )


def _bare(contract: bytes) -> bytes:
    pdf = pypdfium2.PdfDocument(contract)
    out = BytesIO()
    pdf[0].render(scale=828 / pdf[0].get_width()).to_pil().save(out, "JPEG")
    pdf.close()
    return out.getvalue()


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def ordinary_contract() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in range(PAGES):
        text = canvas.beginText(50, 790)
        text.setFont("Times-Roman", 10.5)
        for line in range(54):
            text.textLine(f"{page + 1}.{line}  " + WORDS.format(n=page * 54 + line))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
