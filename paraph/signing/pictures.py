"""Pictures of a hand: what our company keeps for its own signer, and a typed name written out."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings

from .models import FieldKind, Party

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

INK = (23, 36, 92, 255)
SIZE = 120
PADDING = 24
LONGEST = 80
FAST = 2  # of nine: somebody waits for it, and the sealed file packs it anew
STAMPS = frozenset({FieldKind.STAMP})
SAVED = {"signature": "signature", "initials": "signature", "stamp": "stamp"}


def saved_picture(party: Party, kind: str) -> str:
    """Return the hash of the picture our company keeps: for its own signer alone."""
    company = party.envelope.company
    if not party.is_ours or company is None or kind not in SAVED:
        return ""
    return str(getattr(company, SAVED[kind]))


def written(name: str) -> bytes:
    """Return the name as a transparent PNG in handwriting; only its first eighty letters."""
    from PIL import Image, ImageDraw  # only here: most web processes never draw

    text = " ".join(name.split())[:LONGEST]
    left, top, right, bottom = _font().getbbox(text)
    size = (int(right - left) + 2 * PADDING, int(bottom - top) + 2 * PADDING)
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((PADDING - left, PADDING - top), text, font=_font(), fill=INK)
    png = BytesIO()
    picture.save(png, "PNG", compress_level=FAST)
    return png.getvalue()


@lru_cache(maxsize=1)
def _font() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(settings.FONTS / "Caveat-Regular.ttf"), SIZE)
