"""Thirty-odd documents as other programs make them, with the oddities of real ones."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import typst
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from pikepdf import Array
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, A4, A5, LETTER, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from paraph.documents.intake import Upload

from . import office, paper

_TYPST = """
#set page(paper: "a4", header: [Supply contract], numbering: "1 / 1")
#set text(lang: "pl")
= Umowa dostawy
#table(columns: 3, [Towar], [Ilość], [Cena], [Stół], [3], [1 200 zł])
#lorem(200)
"""
_TYPST_COLUMNS = """
#set page(paper: "a5", flipped: true, columns: 2, margin: 1cm)
= Terms
#lorem(300)
"""
_PAGE = """<html lang="fr"><h1>Contrat</h1><p>Les parties conviennent de ce qui suit.</p>
<table border="1"><tr><th>Article</th><th>Prix</th></tr><tr><td>Table</td><td>1 200 €</td></tr>
</table></html>"""
_RTF = (
    rb"{\rtf1\ansi{\fonttbl\f0 Liberation Serif;}\f0\landscape\paperw16838\paperh11906 Lease\par}"
)


def reportlab(*sizes: tuple[float, float]) -> bytes:
    """Return pages of these sizes."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, size in enumerate(sizes, start=1):
        canvas.setPageSize(size)
        canvas.drawString(40, size[1] - 60, f"Page {number} of a contract")
        canvas.rect(10, 10, size[0] - 20, size[1] - 20)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def flowing() -> bytes:
    """Return a report with a long table over several pages."""
    out = BytesIO()
    style = getSampleStyleSheet()
    rows = [[f"Item {row}", str(row), f"{row * 12.5:.2f}"] for row in range(90)]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    story = [Paragraph("Annex", style["Title"]), Table(rows, style=grid)]
    SimpleDocTemplate(out, invariant=1).build(story)
    return out.getvalue()


def turned(
    degrees: int,
    *,
    crop: Sequence[float] = (),
    media: Sequence[float] = (),
    unit: float = 1,
    content: Callable[[], bytes] = paper.contract,
) -> bytes:
    """Return a contract whose pages are turned, cropped, moved or measured otherwise."""

    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = degrees
            if media:
                page.obj.MediaBox = Array(media)
            if crop:
                page.obj.CropBox = Array(crop)
            if unit != 1:
                page.obj.UserUnit = unit

    return paper.changed(turn, content())


def inherited() -> bytes:
    """Return a contract whose pages have size and turn from their parent."""

    def lift(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate, pdf.Root.Pages.CropBox = 270, Array([40, 60, 500, 700])
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        for page in pdf.pages:
            for key in [key for key in ("/MediaBox", "/Rotate") if key in page.obj]:
                del page.obj[key]

    return paper.changed(lift)


def scan(kind: str, *, mode: str = "L", skew: float = 1.7, **options: object) -> bytes:
    """Return a page as a scanner sees it: askew, noisy, dirty at the edge."""
    page = Image.new("L", (620, 877), 246)
    draw = ImageDraw.Draw(page)
    for row in range(30):
        draw.text((60, 75 + row * 22), f"{row}. The parties agree on the following.", 30)
    noise = Image.effect_noise(page.size, 18)
    dirty = Image.blend(page.rotate(skew, fillcolor=205), noise, 0.12)
    out = BytesIO()
    scanned = dirty.filter(ImageFilter.GaussianBlur(0.6)).convert(mode)
    scanned.save(out, kind, dpi=(75, 75), **options)
    return out.getvalue()


def photo_on_its_side() -> bytes:
    """Return a photo of a page, held sideways, that says so and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0)}
    picture = Image.open(BytesIO(scan("JPEG", mode="RGB"))).transpose(Image.Transpose.ROTATE_90)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=70)
    return out.getvalue()


def typeset(source: str) -> bytes:
    """Return what Typst makes of it."""
    compiled = typst.compile(source.encode())
    assert isinstance(compiled, bytes)
    return compiled


def word(*, turns: bool = False) -> bytes:
    """Return a document by python-docx: header, footer, styles, a table; perhaps a wide page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].text = "Alice's Furniture Ltd"
    section.footer.paragraphs[0].text = "Confidential"
    document.add_heading("Framework agreement", 0)
    document.add_paragraph("Zażółć gęślą jaźń. Ünïcödé. Ελληνικά. " * 30)
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    table.cell(0, 0).text = "Item"
    if turns:
        wide = document.add_section()
        wide.orientation = WD_ORIENT.LANDSCAPE
        wide.page_width, wide.page_height = Mm(297), Mm(210)
        document.add_paragraph("A wide annex")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def printed_by_a_browser() -> bytes:
    """Return a web page as Chromium prints it."""
    browser = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(_PAGE, encoding="utf-8")
        out = f"--print-to-pdf={folder / 'page.pdf'}"
        words = ["--headless", "--no-sandbox", f"--user-data-dir={folder / 'p'}", out]
        page = (folder / "page.html").as_uri()
        subprocess.run([browser, *words, page], check=True, capture_output=True, timeout=180)
        return (folder / "page.pdf").read_bytes()


def _noisy(seed: int) -> bytes:
    """Return a contract with a hundred small pictures and fonts."""
    chance = random.Random(seed)
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for _step in range(100):
        canvas.setFont(chance.choice(["Courier", "Times-Roman", "Helvetica-Bold"]), 9)
        canvas.drawString(chance.uniform(30, 500), chance.uniform(30, 800), "Agreed.")
    canvas.save()
    return out.getvalue()


_FILES = Path(__file__).parent / "files"
_CROP = (36, 72, 500, 700)
PDFS: dict[str, Callable[[], bytes]] = {
    "one page": partial(paper.contract, 1),
    "three hundred pages": partial(paper.contract, 300, lines=3),
    "American letter": partial(reportlab, LETTER),
    "mixed sizes": partial(reportlab, A4, landscape(A4), A5, A3, (300, 900)),
    "landscape": partial(reportlab, landscape(A4)),
    "long table": flowing,
    "many fonts": partial(_noisy, 7),
    "comments": lambda: paper.changed(paper.with_comments),
    "layers": lambda: paper.changed(paper.with_layers),
    "filled form": lambda: paper.changed(paper.with_form),
    **{f"turned by {turn}": partial(turned, turn) for turn in (90, 180, 270, -90, 450)},
    **{
        f"cropped, turned by {turn}": partial(turned, turn, crop=_CROP)
        for turn in (0, 90, 180, 270)
    },
    "crop outside": partial(turned, 0, crop=(-50, -50, 400, 5_000)),
    "moved origin": partial(turned, 90, media=(-100, -200, 495, 642)),
    "own unit": partial(turned, 0, unit=1.5),
    "own unit, turned and cropped": partial(turned, 90, unit=2, crop=_CROP),
    "inherited": inherited,
    "restricted": partial(paper.encrypted, user=""),
    "Typst": partial(typeset, _TYPST),
    "Typst in columns": partial(typeset, _TYPST_COLUMNS),
    # These two programs are not on every machine: files that they made, with columns, a table,
    # a header, and a wide last page.
    "WeasyPrint": (_FILES / "weasyprint.pdf").read_bytes,
    "LibreOffice": (_FILES / "libreoffice.pdf").read_bytes,
    "scan in a PDF, turned": lambda: turned(270, content=partial(scan, "PDF")),
    "a browser's page": printed_by_a_browser,
}
PICTURES: dict[str, Callable[[], list[bytes]]] = {
    "skewed scan": lambda: [scan("JPEG")],
    "black and white fax": lambda: [scan("PNG", mode="1")],
    "several pages": lambda: [scan("PNG"), scan("JPEG", skew=-2), scan("PNG", mode="RGB")],
    "photo on its side": lambda: [photo_on_its_side()],
    "print colours": lambda: [scan("JPEG", mode="CMYK")],
}
OFFICE: dict[str, Callable[[], bytes]] = {
    "Word": word,
    "Word with a wide page": partial(word, turns=True),
    "OpenDocument": lambda: office.odt(
        "<text:h>Lease</text:h><text:p>The parties agree.</text:p>"
    ),
    "rich text": lambda: _RTF,
}


def uploads(name: str) -> list[Upload]:
    """Return the files of one of them."""
    if name in PICTURES:
        return [Upload(f"{number}.scan", each) for number, each in enumerate(PICTURES[name]())]
    return [Upload(name, {**PDFS, **OFFICE}[name]())]
