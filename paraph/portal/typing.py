"""A typed name as a picture: written in a handwriting font, ink on nothing."""

from functools import lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

INK = (23, 36, 92, 255)
SIZE = 120
PADDING = 24
LONGEST = 80


def written(name: str) -> bytes:
    """Return the name as a transparent PNG; only its first eighty letters."""
    text = " ".join(name.split())[:LONGEST]
    left, top, right, bottom = _font().getbbox(text)
    size = (int(right - left) + 2 * PADDING, int(bottom - top) + 2 * PADDING)
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((PADDING - left, PADDING - top), text, font=_font(), fill=INK)
    png = BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue()


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.FONTS / "Caveat-Regular.ttf"), SIZE)
