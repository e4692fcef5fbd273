"""The demo's stamps and signatures, drawn when they are needed."""

import math
from functools import cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

BLUE = (28, 58, 138, 235)
INK = (20, 30, 80, 255)
SIDE = 480
TILE = 84
RING = SIDE / 2 - 76


@cache
def round_stamp(name: str, place: str) -> bytes:
    """Return a round company stamp as a transparent PNG."""
    stamp = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(stamp)
    for inset, width in ((8, 10), (30, 3), (122, 3)):
        draw.ellipse((inset, inset, SIDE - inset, SIDE - inset), outline=BLUE, width=width)
    for number, letter in enumerate(ring := f"{name.upper()}  •  "):
        _on_ring(stamp, letter, turn=360 * number / len(ring))
    draw.text(
        (SIDE / 2, SIDE / 2),
        place.upper(),
        font=_font("NotoSans-Bold.ttf", 54),
        fill=BLUE,
        anchor="mm",
    )
    return _png(stamp)


@cache
def signature(name: str) -> bytes:
    """Return a name in a hand, with a stroke under it, as a transparent PNG."""
    font = _font("Caveat-Regular.ttf", 150)
    left, top, right, bottom = font.getbbox(name)
    size = (int(right - left) + 60, int(bottom - top) + 70)
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.text((30 - left, 20 - top), name, font=font, fill=INK)
    line = [(x, size[1] - 26 + 8 * math.sin(x / size[0] * 5)) for x in range(24, size[0] - 20, 6)]
    draw.line(line, fill=INK, width=4, joint="curve")
    return _png(picture)


def _on_ring(stamp: Image.Image, letter: str, *, turn: float) -> None:
    """Stand one letter on the ring of the stamp, turned clockwise from the top."""
    tile = Image.new("RGBA", (TILE, TILE), (0, 0, 0, 0))
    font, middle = _font("NotoSans-Bold.ttf", 50), TILE / 2
    ImageDraw.Draw(tile).text((middle, middle), letter, font=font, fill=BLUE, anchor="mm")
    angle = math.radians(turn)
    left = SIDE / 2 + RING * math.sin(angle) - middle
    top = SIDE / 2 - RING * math.cos(angle) - middle
    turned = tile.rotate(-turn, resample=Image.Resampling.BICUBIC)
    stamp.alpha_composite(turned, (round(left), round(top)))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.FONTS / name), size)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
