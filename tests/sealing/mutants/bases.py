"""Our own files at each stage, out of which the mutants are made."""

import io
from functools import cache
from pathlib import Path

import pikepdf
import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from paraph.sealing.model import Act
from paraph.sealing.prepare_signed import prepare_signed
from tests.sealing import forge

FONTS = Path(reportlab.__file__).parent / "fonts"
HIDDEN = "The price is 7 000,00 EUR."


@cache
def base(name: str) -> bytes:
    """Return the file of that name: certified, first, both, completed, or a signed upload."""
    if name == "upload":
        return _upload()
    course = forge.prepared(contract())
    if name == "completed":
        return forge.finished(course)
    acts = {"certified": 0, "first": 1, "both": 2}[name]
    for act in (forge.DIRECTOR_SIGNS, forge.CLIENT_SIGNS)[:acts]:
        course.act(act)
    return course.file


@cache
def contract() -> bytes:
    """Return three pages: words in two fonts, amounts, and a picture."""
    pdfmetrics.registerFont(TTFont("Vera", FONTS / "Vera.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawString(72, 760, "Supply contract")
    canvas.drawString(72, 700, "The price is 1 200,00 EUR.")
    canvas.drawString(72, 660, "Payment is due within 30 days.")
    canvas.drawImage(ImageReader(_picture((20, 60, 160))), 400, 700, 80, 60)
    canvas.showPage()
    canvas.setFont("Vera", 12)
    canvas.drawString(72, 700, "Machine 100,00 EUR")
    canvas.drawString(72, 670, "Transport 40,00 EUR")
    canvas.drawString(72, 640, "Words: 0123456789 , alike")
    canvas.showPage()
    canvas.drawString(72, 700, "Both parties agree to all of it.")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(colour: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (40, 30), colour)


def _upload() -> bytes:
    """A contract that came signed, by somebody who had hidden things in it before."""
    upload = forge.signed(with_hidden_things(contract()))
    slots = [slot for slot in forge.SLOTS if slot.name == "client_sign"]
    ready = prepare_signed(upload, slots=slots, parties=("client",), font=forge.FONT)
    course = forge.Course(ready.pdf, ready.plan)
    course.act(Act("client", "Carl Client", "carl@example.org"))
    return course.file


def with_hidden_things(pdf: bytes) -> bytes:
    """Prepare shadow attacks: a layer that is off, a page and a font that nothing shows."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        layer = opened.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
        opened.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(ON=[], OFF=[layer], Order=[layer])
        )
        page = opened.pages[0]
        page.obj.Resources.Properties = pikepdf.Dictionary(Draft=layer)
        words = f"/OC /Draft BDC BT /F1 12 Tf 72 600 Td ({HIDDEN}) Tj ET EMC"
        page.contents_add(opened.make_stream(words.encode()))
        opened.Root.PieceInfo = pikepdf.Dictionary(Kept=_other_page(opened, page.obj))
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def _other_page(opened: pikepdf.Pdf, page: pikepdf.Object) -> pikepdf.Object:
    words = b"BT /F1 12 Tf 72 700 Td (The price is 9 200,00 EUR.) Tj ET"
    other = pikepdf.Dictionary({str(key): page[str(key)] for key in page})
    other.Contents = opened.make_stream(words)
    return opened.make_indirect(other)
