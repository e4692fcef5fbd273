"""Draws pages as pictures: a light one for phones and a sharp one for reading."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .sizes import open_document

PHONE_WIDTH = 828
PHONE_BYTES = 70_000
READING_SCALE = 1.5
_LONGEST_EDGE = 6000
_READING_BYTES = 400_000
_READING_QUALITY = 82
_PHONE_QUALITIES = (75, 60, 45, 32)
_GRAYS = 16


def render(job: Job) -> dict[str, object]:
    """Draw those of the wanted pages (from 1) that exist, each into a file of its own."""
    pdf = open_document(job.inputs[0])
    pdf.init_forms()  # what the parties filled in and signed is drawn with the page
    numbers = [number for number in job.options["pages"] if 1 <= number <= len(pdf)]
    if not numbers:
        raise Refusal("no-such-page")
    for number in numbers:
        content = _picture(pdf, number - 1, is_for_phone=job.options["size"] == "phone")
        job.result(f"{number}").write_bytes(content)
    pdf.close()
    return {"pages": numbers}


def _picture(pdf: pypdfium2.PdfDocument, index: int, *, is_for_phone: bool) -> bytes:
    page = pdf[index]
    width, height = page.get_size()
    scale = PHONE_WIDTH / width if is_for_phone else READING_SCALE
    scale = min(scale, _LONGEST_EDGE / max(width, height))
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    page.close()
    return _for_phone(image) if is_for_phone else _for_reading(image)


def _for_reading(image: Image.Image) -> bytes:
    """Text as PNG: sharper than JPEG, and a tenth of its size; scans and photos as JPEG."""
    content = _png(image.convert("L") if _is_gray(image) else image)
    return content if len(content) <= _READING_BYTES else _jpeg(image, _READING_QUALITY)


def _for_phone(image: Image.Image) -> bytes:
    """Lower the number of shades, then the quality, at last the size, until it is light."""
    content = _png(_sixteen_grays(image) if _is_gray(image) else image.quantize(64))
    if len(content) <= PHONE_BYTES:
        return content
    for quality in _PHONE_QUALITIES:
        content = _jpeg(image, quality)
        if len(content) <= PHONE_BYTES:
            return content
    return _for_phone(image.resize((image.width * 3 // 4, image.height * 3 // 4)))


def _is_gray(image: Image.Image) -> bool:
    return bool(image.convert("HSV").getchannel("S").getextrema()[1] == 0)


def _sixteen_grays(image: Image.Image) -> Image.Image:
    """Keep four bits a pixel: enough for the soft edges of letters."""
    step = 255 // (_GRAYS - 1)
    levels = image.convert("L").point([round(level / step) for level in range(256)])
    shades = Image.frombytes("P", levels.size, levels.tobytes())
    shades.putpalette([level * step for level in range(_GRAYS) for _channel in "RGB"])
    return shades


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
