"""How values, pictures and signatures look on the page: form objects for an update."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO

from PIL import Image

from paraph.sealing import fields, fonts, text
from paraph.sealing.model import EmbeddedFont, FormField
from paraph.sealing.writer import Writer

# Beneath a signature's picture: at most this part of the height, in letters of this size.
CAPTION_SHARE = 0.45
CAPTION_SIZE = 6.5
# Level 6 takes twice the time for a sixth of the size.
COMPRESSION = 3
# A drawing in one ink has few shades, and they differ by no more than this.
MOST_SHADES = 4096
UNSEEN = 3


class Obstacle(StrEnum):
    """Why a value cannot be shown."""

    UNKNOWN_LETTERS = "unknown-letters"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class Picture:
    """A picture taken apart into what a PDF wants: colours and opacity, each deflated."""

    width: int
    height: int
    colours: bytes
    opacity: bytes
    is_one_colour: bool


class CannotShow(ValueError):
    """A value holds letters that the font lacks, or is too long for its place."""


def obstacle_to_showing(field: FormField, value: str, *, font: EmbeddedFont) -> Obstacle | None:
    """Why a value cannot stand in a field, asked before anybody signs."""
    if text.unwritable(value, font=font):
        return Obstacle.UNKNOWN_LETTERS
    room = (field.width, field.height)
    is_whole = text.fit(value, font=font, room=room, size=field.font_size).is_whole
    return None if is_whole else Obstacle.TOO_LONG


def show_value(writer: Writer, field: FormField, value: str) -> int:
    """Text, on as many lines as it needs."""
    font = writer.plan.font
    if unknown := text.unwritable(value, font=font):
        raise CannotShow(f"These letters cannot be written: {unknown}")
    room = (field.width, field.height)
    setting = text.fit(value, font=font, room=room, size=field.font_size)
    if not setting.is_whole:
        raise CannotShow("The value is too long for its place.")
    shown = text.centred(setting, font=font, resource=fonts.RESOURCE, height=field.height)
    width, height = field.width, field.height
    clipped = f"/Tx BMC q 0 0 {width:.2f} {height:.2f} re W n {shown} Q EMC"
    return _form(writer, field, clipped, _font_resource(writer))


def show_picture(writer: Writer, field: FormField, png: bytes) -> int:
    """A picture, as large as its place allows."""
    drawing, resource = _drawing(writer, png, (0, 0, field.width, field.height))
    return _form(writer, field, drawing, resource)


def show_signature(
    writer: Writer, field: FormField, *, png: bytes | None, lines: Sequence[str]
) -> int:
    """A signature: its picture, and beneath it who signed, when, and how."""
    caption = _caption_height(field, lines, alone=png is None)
    content, resources = "", _font_resource(writer)
    if png is not None:
        room = (0, caption, field.width, field.height - caption)
        content, picture = _drawing(writer, png, room)
        resources += picture
    if lines:
        font, room_below = writer.plan.font, (field.width, caption)
        size = min(CAPTION_SIZE, caption / len(lines) / text.LEADING)
        caption_text = text.writable("\n".join(lines), font=font)
        setting = text.fit(caption_text, font=font, room=room_below, size=size)
        content += " " + text.drawn(setting, font=font, resource=fonts.RESOURCE, top=caption)
    return _form(writer, field, content, resources)


def show_tick(writer: Writer, field: FormField) -> int:
    """A tick, where no form field keeps one ready."""
    return _form(writer, field, fields.tick(field.width, field.height), "")


def show_together(writer: Writer, field: FormField, parts: Sequence[tuple[FormField, int]]) -> int:
    """Several appearances as one, each at its place."""
    content = " ".join(
        f"q 1 0 0 1 {part.left:.2f} {part.bottom:.2f} cm /Part{form} Do Q" for part, form in parts
    )
    resources = "".join(f"/Part{form} {form} 0 R" for _, form in parts)
    return _form(writer, field, content, f"/XObject<<{resources}>>")


@lru_cache(maxsize=64)
def picture(png: bytes) -> Picture:
    """Take a picture apart; the stamps of a company come again and again."""
    with Image.open(BytesIO(png)) as opened:
        image = opened.convert("RGBA")
    ink = _only_colour(image)
    colours = Image.new("RGB", (1, 1), ink) if ink is not None else image.convert("RGB")
    return Picture(
        image.width,
        image.height,
        zlib.compress(colours.tobytes(), COMPRESSION),
        zlib.compress(image.getchannel("A").tobytes(), COMPRESSION),
        is_one_colour=ink is not None,
    )


def _only_colour(image: Image.Image) -> tuple[int, int, int] | None:
    """The one ink of a drawn signature; then its opacity alone holds the drawing."""
    counted = image.getcolors(MOST_SHADES)
    seen = [
        (count, shade) for count, shade in counted or () if isinstance(shade, tuple) and shade[3]
    ]
    if not seen:
        return None
    _, (red, green, blue, _) = max(seen, key=lambda one: one[0] * one[1][3])
    ink = (red, green, blue)
    # Browsers round the colour of half-transparent pixels; such a difference is not seen.
    is_one = all(
        abs(part - wanted) * shade[3] <= UNSEEN * 255
        for _, shade in seen
        for part, wanted in zip(shade, ink, strict=False)
    )
    return ink if is_one else None


def _caption_height(field: FormField, lines: Sequence[str], *, alone: bool) -> float:
    if not lines:
        return 0
    if alone:
        return field.height
    wanted = len(lines) * CAPTION_SIZE * text.LEADING + text.PADDING
    return min(wanted, field.height * CAPTION_SHARE)


def _drawing(
    writer: Writer, png: bytes, room: tuple[float, float, float, float]
) -> tuple[str, str]:
    """Content and resource that show a picture in the middle of a room."""
    number, across, down = _image(writer, png)
    left, bottom, width, height = room
    scale = min(width / across, height / down)
    x, y = left + (width - across * scale) / 2, bottom + (height - down * scale) / 2
    content = f"q {across * scale:.3f} 0 0 {down * scale:.3f} {x:.2f} {y:.2f} cm /Picture Do Q"
    return content, f"/XObject<</Picture {number} 0 R>>"


def _image(writer: Writer, png: bytes) -> tuple[int, int, int]:
    """The image object; a picture that the file already holds is used again."""
    digest = hashlib.sha256(png).hexdigest()
    if digest not in writer.pictures:
        made = picture(png)
        common = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Filter/FlateDecode"
        size = f"/Width {made.width}/Height {made.height}"
        mask = writer.add_stream(f"{common}{size}/ColorSpace/DeviceGray", made.opacity)
        painted = "/Width 1/Height 1" if made.is_one_colour else size
        number = writer.add_stream(
            f"{common}{painted}/ColorSpace/DeviceRGB/SMask {mask} 0 R", made.colours
        )
        writer.pictures[digest] = (number, made.width, made.height)
    number, width, height = writer.pictures[digest]
    return number, width, height


def _font_resource(writer: Writer) -> str:
    return f"/Font<</{fonts.RESOURCE} {writer.plan.font.number} 0 R>>"


def _form(writer: Writer, field: FormField, content: str, resources: str) -> int:
    matrix = fields.appearance_matrix(field.rotation)
    packed = zlib.compress(content.encode("ascii"), 1)
    return writer.add_stream(
        f"/Type/XObject/Subtype/Form/BBox[0 0 {field.width:.2f} {field.height:.2f}]"
        f"/Matrix[{matrix}]/Resources<<{resources}>>/Filter/FlateDecode",
        packed,
    )
