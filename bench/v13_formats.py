"""V13: a Word file becomes PDF, cold and warm; a page and its text are read; beside bare tools."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")

import pypdfium2
from django.conf import settings
from docx import Document

from paraph.documents import converting
from paraph.kit import sandbox
from paraph.kit.standby import Standby

from .v8_page_pictures import WORDS, ordinary_contract

PAGES = 10
ROUNDS = 5
Figure = Mapping[str, object]


def measure() -> Iterator[Figure]:
    """Convert, draw and read ten pages behind walls, then in the open."""
    with tempfile.TemporaryDirectory() as folder:
        settings.PARAPH_DATA = folder
        sandbox.confinement()
        yield from _conversion(word_file(), Path(folder))
        yield from _reading(ordinary_contract())


def _conversion(word: bytes, folder: Path) -> Iterator[Figure]:
    found = converting.availability()
    if not found.is_ready or found.program is None:
        yield _figure("DOCX of 10 pages to PDF", 0, "no LibreOffice here", None)
        return
    settings.PARAPH_STANDBY_SECONDS = 0
    cold = _milliseconds(lambda: converting.docx_to_pdf(word))
    yield _figure(
        "DOCX of 10 pages to tagged PDF/A, LibreOffice started for it", cold, "ms", 5_000
    )
    settings.PARAPH_STANDBY_SECONDS = 60
    office = converting._office(str(found.program))
    warm = _milliseconds(lambda: converting.docx_to_pdf(word), before=lambda: _ready(office, word))
    yield _figure("the same, LibreOffice waiting for it", warm, "ms", 1_500)
    settings.PARAPH_STANDBY_SECONDS = 0
    office.dismiss()
    source = folder / "contract.docx"
    source.write_bytes(word)
    _bare_office(found.program, source)  # writes its profile
    bare = _milliseconds(lambda: _bare_office(found.program, source))
    yield _figure("the same by soffice alone, in the open", bare, "ms", None)


def _reading(contract: bytes) -> Iterator[Figure]:
    picture = _milliseconds(lambda: _drawn(contract))
    yield _figure("page picture at reading size, drawn behind walls", picture, "ms", 500)
    yield _figure(
        "the same by PDFium alone", _milliseconds(lambda: _bare_page(contract)), "ms", None
    )
    text = _milliseconds(lambda: _read(contract))
    yield _figure("text of 10 pages in reading order, read behind walls", text, "ms", 1_000)
    yield _figure(
        "their letters by PDFium alone", _milliseconds(lambda: _bare_text(contract)), "ms", None
    )


def _figure(what: str, value: float, unit: str, most: float | None) -> Figure:
    target = "for comparison" if most is None else f"at most {most:,.0f} {unit}"
    holds = most is None or value <= most
    return {
        "id": "V13",
        "what": what,
        "value": value,
        "unit": unit,
        "target": target,
        "holds": holds,
    }


def _ready(office: Standby, word: bytes) -> None:
    """Let one wait that has had the time to make itself ready."""
    if not office.is_waiting:
        converting.docx_to_pdf(word)
    time.sleep(3)


def _drawn(contract: bytes) -> object:
    verb = "paraph.documents.child.rendering:render"
    return sandbox.run(verb, [contract], pages=[1], size="reading")


def _read(contract: bytes) -> object:
    return sandbox.run("paraph.documents.child.words:extract", [contract], first=1, last=PAGES)


def _bare_page(contract: bytes) -> bytes:
    pdf = pypdfium2.PdfDocument(contract)
    out = BytesIO()
    pdf[0].render(scale=1.5).to_pil().save(out, "PNG")
    pdf.close()
    return out.getvalue()


def _bare_text(contract: bytes) -> str:
    pdf = pypdfium2.PdfDocument(contract)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return text


def _bare_office(program: Path | None, source: Path) -> None:
    profile = (source.parent / "profile").as_uri()
    command = [str(program and program / "soffice"), f"-env:UserInstallation={profile}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _milliseconds(work: Callable[[], object], *, before: Callable[[], object] = int) -> float:
    times = []
    for _round in range(ROUNDS):
        before()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def word_file() -> bytes:
    """Return a contract of ten pages with headings and a table on each."""
    document = Document()
    for page in range(PAGES):
        document.add_heading(f"Section {page + 1}", 1)
        for line in range(18):
            document.add_paragraph(WORDS.format(n=page * 18 + line) * 2)
        table = document.add_table(rows=3, cols=3, style="Table Grid")
        table.cell(0, 0).text = f"Annex {page + 1}"
        document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx has no types
    out = BytesIO()
    document.save(out)
    return out.getvalue()
