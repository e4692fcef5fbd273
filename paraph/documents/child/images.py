"""Makes one PDF out of pictures: a page each, on A4, without what cameras add about the place."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .pdf import RESULT, save
from .sizes import displayed_sizes

A4 = (595.28, 841.89)
MARGIN = 36.0
_LONGEST_EDGE = 3508  # A4 at 300 dots an inch: more only makes the file heavy
_FULL_PAGE = 0.02  # how far a scan's proportions may be from A4's to fill the page
_LOSSLESS_BYTES = 4_000_000
_QUALITY = 88


def take(job: Job) -> dict[str, object]:
    """Write a PDF of all pictures in their order."""
    result = job.result(RESULT)
    with pikepdf.new() as pdf:
        for source in job.inputs:
            picture = open_picture(source, most_pixels=int(job.options["most_pixels"]))
            _add_page(pdf, _upright(picture), is_photo=picture.format == "JPEG")
        save(pdf, result)
    return {"was_signed": False, "removed": [], "pages": displayed_sizes(result)}


def open_picture(source: Path, *, most_pixels: int) -> Image.Image:
    """Open a PNG or JPEG whose decoded size is bearable; nothing is decoded yet."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit says it in words
    try:
        image: Image.Image = Image.open(source, formats=("PNG", "JPEG"))
    except (OSError, ValueError, SyntaxError):
        raise Refusal("broken") from None
    width, height = image.size
    if width * height > most_pixels:
        millions = round(width * height / 1_000_000)
        raise Refusal("too-many-pixels", megapixels=millions, most=most_pixels // 1_000_000)
    return image


def decoded(image: Image.Image, *, longest_edge: int) -> Image.Image:
    """Decode, made as small as it may be and then turned as the camera was held."""
    image.draft(None, (longest_edge, longest_edge))
    try:
        image.load()
        if max(image.size) > longest_edge:
            image = image.convert("RGBA") if image.mode == "P" else image
            image.thumbnail((longest_edge, longest_edge))
        return ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, zlib.error):
        raise Refusal("broken") from None


def _upright(image: Image.Image) -> Image.Image:
    image = decoded(image, longest_edge=_LONGEST_EDGE)
    is_gray = image.mode in {"1", "L", "LA", "I", "I;16"}
    return _on_white(image, "L" if is_gray else "RGB")


def _on_white(image: Image.Image, mode: str) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert(mode)
    drawn = image.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert(mode)


def _add_page(pdf: pikepdf.Pdf, image: Image.Image, *, is_photo: bool) -> None:
    page_size, (x, y, width, height) = _place(image.size)
    page = pdf.add_blank_page(page_size=page_size)
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=_stream(pdf, image, is_photo)))
    drawing = f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /Picture Do Q"
    page.obj.Contents = pdf.make_stream(drawing.encode())


def _place(size: tuple[int, int]) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Return the page and where on it the picture goes: a scan fills it, others get a margin."""
    width, height = size
    page = A4 if width <= height else (A4[1], A4[0])
    is_scan = abs((width / height) / (page[0] / page[1]) - 1) <= _FULL_PAGE
    if is_scan:
        return page, (0, 0, *page)
    room = (page[0] - 2 * MARGIN, page[1] - 2 * MARGIN)
    scale = min(room[0] / width, room[1] / height, 1)
    drawn = (width * scale, height * scale)
    return page, ((page[0] - drawn[0]) / 2, page[1] - MARGIN - drawn[1], *drawn)


def _stream(pdf: pikepdf.Pdf, image: Image.Image, is_photo: bool) -> pikepdf.Stream:
    content, filter_name = b"", Name.DCTDecode
    if not is_photo:
        content, filter_name = zlib.compress(image.tobytes(), 6), Name.FlateDecode
    if is_photo or len(content) > _LOSSLESS_BYTES:
        content, filter_name = _jpeg(image), Name.DCTDecode
    stream = pdf.make_stream(content)
    stream.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=filter_name,
        )
    )
    return stream


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
