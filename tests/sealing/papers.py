"""Papers to sign and the people who sign them, for the tests of sealing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.model import Act, Box, Kind, Plan, Prepared, Slot
from paraph.sealing.prepare import prepare

ROOT = Path(__file__).parents[2]
FONT = (ROOT / "frontend/dist/fonts/NotoSans-Regular.ttf").read_bytes()
STRIP = "Paraph 7ZQK-3M9A-XR52-B8TD-W · Zażółć"
PARTIES = ("company", "client")
NAMES = {"company": "Zoë Żółć", "client": "Иван Петров"}
REQUISITES = "Przędza Łódzka Sp. z o.o.\nul. Żółta 5, 90-001 Łódź\nNIP 725-000-00-01"
# Long ago: every 15-minute certificate of these tests has run out by now.
NOON = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)


def contract(pages: int = 3, *, rotation: int = 0, crop: Sequence[float] = ()) -> bytes:
    """A contract of some pages, perhaps turned or cropped."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for number in range(1, pages + 1):
        canvas.setPageRotation(rotation)
        canvas.drawString(90, 700, f"Contract, page {number}")
        canvas.showPage()
    canvas.save()
    if not crop:
        return written.getvalue()
    with pikepdf.open(written) as pdf:
        for page in pdf.pages:
            page.obj["/CropBox"] = pikepdf.Array(list(crop))
        cropped = BytesIO()
        pdf.save(cropped)
    return cropped.getvalue()


@cache
def signature() -> bytes:
    """A stroke in blue ink on a transparent ground."""
    image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    stroke = [(10, 150), (150, 20), (200, 180), (400, 40), (590, 120)]
    ImageDraw.Draw(image).line(stroke, fill=(20, 30, 120, 255), width=9)
    return _png(image)


@cache
def stamp() -> bytes:
    """A round stamp in two colours."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, 390, 390), outline=(200, 0, 0, 255), width=14)
    pen.rectangle((120, 180, 280, 220), fill=(0, 0, 200, 255))
    return _png(image)


def black(size: tuple[int, int] = (40, 40)) -> bytes:
    """A black square, easy to find again on a rendered page."""
    return _png(Image.new("RGBA", size, (0, 0, 0, 255)))


def slots(page: int = 3) -> list[Slot]:
    """For each party a name, a day, a tick, requisites, a stamp and a signature."""
    made = []
    for column, party in enumerate(PARTIES):
        left = 60 + column * 250
        places = {
            "name": (Kind.TEXT, 300, 200, 18),
            "day": (Kind.DATE, 330, 200, 18),
            "agree": (Kind.CHECKBOX, 360, 14, 14),
            "requisites": (Kind.REQUISITES, 200, 200, 70),
            "stamp": (Kind.STAMP, 400, 90, 80),
            "sign": (Kind.SIGNATURE, 500, 150, 60),
        }
        for name, (kind, top, width, height) in places.items():
            box = Box(page, left, top, width, height)
            made.append(Slot(f"{party}_{name}", party, kind, box, label=name.title()))
    return made


def prepared(
    pdf: bytes | None = None,
    *,
    where: Sequence[Slot] | None = None,
    strip: str = STRIP,
    extra_pages: bytes | None = None,
) -> Prepared[bytes]:
    """A contract ready for both parties."""
    return prepare(
        pdf if pdf is not None else contract(),
        slots=slots() if where is None else where,
        parties=PARTIES,
        strip=strip,
        font=FONT,
        extra_pages=extra_pages,
    )


def authority(at: datetime = NOON) -> Authority:
    """The authority of one installation."""
    return _authority(at)


@cache
def _authority(at: datetime) -> Authority:
    return Authority.create("Paraph Test", base_url="http://localhost:1", at=at)


def act(party: str) -> Act:
    """All that a party enters and signs."""
    return Act(
        party,
        NAMES[party],
        f"{party}@example.org",
        values=values(party),
        pictures={f"{party}_stamp": stamp(), f"{party}_sign": signature()},
        lines=(f"Signed by {NAMES[party]}", "02.06.2025 12:00 UTC, code by SMS"),
        reason="I agree",
    )


def values(party: str) -> Mapping[str, str | bool]:
    """What a party enters."""
    return {
        f"{party}_name": NAMES[party],
        f"{party}_day": "02.06.2025",
        f"{party}_agree": True,
        f"{party}_requisites": REQUISITES,
    }


def certified(ready: Prepared[bytes], *, at: datetime = NOON) -> tuple[bytes, Plan]:
    """The prepared file with the installation's seal."""
    revision = acts.certify(
        ready.pdf, ready.plan, authority=authority(at), reason="Sent for signing", at=at
    )
    return ready.pdf + revision.tail, revision.plan


def completed(
    ready: Prepared[bytes] | None = None, *, at: datetime = NOON, pause: timedelta = timedelta(0)
) -> bytes:
    """Certified, signed by both and closed, with a pause between the acts."""
    file, plan = certified(ready or prepared(), at=at)
    home = authority(at)
    for number, party in enumerate(PARTIES, start=1):
        moment = at + number * pause
        revision = acts.sign(file, plan, act(party), authority=home, at=moment)
        # A plan is kept as text between the acts.
        file, plan = file + revision.tail, Plan.from_json(revision.plan.to_json())
    closing = acts.close(
        file, plan, acts.Last(b"{}", "Completed"), authority=home, at=at + 3 * pause
    )
    return file + closing.tail


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
