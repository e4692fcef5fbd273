"""Makes one PDF out of pictures: a page each, on A4, without what cameras add about the place."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .jpeg import bare
from .pdf import RESULT, save
from .sizes import displayed_sizes

A4 = (595.28, 841.89)
MARGIN = 36.0
_LONGEST_EDGE = 3508  # A4 at 300 dots an inch: more only makes the file heavy
_FULL_PAGE = 0.02  # how far a scan's proportions may be from A4's to fill the page
_LOSSLESS_BYTES = 4_000_000
_QUALITY = 88
_KEPT = {"L", "RGB"}
_TURN, _LIES = 0x0112, 5  # EXIF's turn; from five on, the picture lies on its side
_FEWEST_DOTS, _MOST_DOTS = 74, 1200  # cameras say 72, and mean nothing by it
Size = tuple[float, float]
_SHEETS: tuple[Size, ...] = (A4, (419.53, 595.28), (841.89, 1190.55), (612, 792), (612, 1008))
# The unit square as it must be turned, for each of EXIF's turns.
_MATRICES = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def take(job: Job) -> dict[str, object]:
    """Write a PDF of all pictures in their order."""
    result = job.result(RESULT)
    with pikepdf.new() as pdf:
        for source in job.inputs:
            picture = open_picture(source, most_pixels=int(job.options["most_pixels"]))
            _add_page(pdf, _picture(pdf, source, picture))
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


@dataclass(frozen=True)
class _Picture:
    """A picture as it goes onto a page: its bytes, and how large it is when it stands upright."""

    stream: pikepdf.Stream
    size: tuple[int, int]
    turn: int = 1  # as EXIF counts
    dots: float = 0  # an inch, if it says so


def _picture(pdf: pikepdf.Pdf, source: Path, image: Image.Image) -> _Picture:
    """Take a JPEG as it was compressed where that is possible; draw all others anew."""
    dots = _dots(image)
    if image.format == "JPEG" and image.mode in _KEPT and max(image.size) <= _LONGEST_EDGE:
        turn = image.getexif().get(_TURN, 1)
        _refuse_undecodable(image)
        if (content := bare(source.read_bytes())) and turn in _MATRICES:
            size = image.size if turn < _LIES else (image.height, image.width)
            return _Picture(_image(pdf, image, content, Name.DCTDecode), size, turn, dots)
    is_photo = image.format == "JPEG"
    drawn = decoded(image, longest_edge=_LONGEST_EDGE)
    is_gray = drawn.mode in {"1", "L", "LA", "I", "I;16"}
    drawn = _on_white(drawn, "L" if is_gray else "RGB")
    return _Picture(_stream(pdf, drawn, is_photo), drawn.size, dots=dots)


def _refuse_undecodable(image: Image.Image) -> None:
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, zlib.error):
        raise Refusal("broken") from None


def _dots(image: Image.Image) -> float:
    """Return how many dots an inch a scanner says there are, in both directions alike."""
    told = image.info.get("dpi", (0, 0))
    across, down = float(told[0]), float(told[1])
    is_sane = _FEWEST_DOTS <= across <= _MOST_DOTS and abs(across - down) < 1
    return across if is_sane and max(image.size) <= _LONGEST_EDGE else 0


def _on_white(image: Image.Image, mode: str) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert(mode)
    drawn = image.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert(mode)


def _add_page(pdf: pikepdf.Pdf, picture: _Picture) -> None:
    page_size, (x, y, width, height) = _place(picture)
    page = pdf.add_blank_page(page_size=page_size)
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=picture.stream))
    turn = " ".join(map(str, _MATRICES[picture.turn]))
    frame = f"{width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm"
    page.obj.Contents = pdf.make_stream(f"q {frame} {turn} cm /Picture Do Q".encode())


def _place(picture: _Picture) -> tuple[Size, tuple[float, float, float, float]]:
    """Return the page and where on it the picture goes: a scan fills it, others get a margin."""
    width, height = picture.size
    if (page := _scanned_page(picture)) is not None:
        return page, (0, 0, *page)
    page = A4 if width <= height else (A4[1], A4[0])
    room = (page[0] - 2 * MARGIN, page[1] - 2 * MARGIN)
    scale = min(room[0] / width, room[1] / height, 1)
    drawn = (width * scale, height * scale)
    return page, ((page[0] - drawn[0]) / 2, page[1] - MARGIN - drawn[1], *drawn)


def _scanned_page(picture: _Picture) -> Size | None:
    """Return the sheet that was scanned: by its size if it tells, else A4 by its proportions."""
    width, height = picture.size
    sheets = [sheet for page in _SHEETS for sheet in (page, (page[1], page[0]))]
    if picture.dots:
        told = (width / picture.dots * 72, height / picture.dots * 72)
        return next((sheet for sheet in sheets if _is_about(told, sheet)), None)
    page = A4 if width <= height else (A4[1], A4[0])
    is_scan = abs((width / height) / (page[0] / page[1]) - 1) <= _FULL_PAGE
    return page if is_scan else None


def _is_about(one: Size, other: Size) -> bool:
    return all(abs(a / b - 1) <= _FULL_PAGE for a, b in zip(one, other, strict=True))


def _stream(pdf: pikepdf.Pdf, image: Image.Image, is_photo: bool) -> pikepdf.Stream:
    content, filter_name = b"", Name.DCTDecode
    if not is_photo:
        content, filter_name = zlib.compress(image.tobytes(), 6), Name.FlateDecode
    if is_photo or len(content) > _LOSSLESS_BYTES:
        content, filter_name = _jpeg(image), Name.DCTDecode
    return _image(pdf, image, content, filter_name)


def _image(
    pdf: pikepdf.Pdf, image: Image.Image, content: bytes, filter_name: Name
) -> pikepdf.Stream:
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
