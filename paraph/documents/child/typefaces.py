"""How the codes of a PDF's font read, and how wide they are."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Name, Object, Stream

_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", re.DOTALL
)
_WIDEST_RANGE = 65_536
_LATIN = (32, 127)


@dataclass(frozen=True)
class Typeface:
    """A font: what its codes say and how wide each is, in thousandths of the size."""

    length: int  # bytes of a code
    texts: Mapping[int, str]
    widths: Mapping[int, float] = field(default_factory=dict)
    else_wide: float | None = None

    def read(self, said: bytes) -> Iterator[tuple[bytes, str]]:
        """Yield each code of a string with what it says."""
        for start in range(0, len(said), self.length):
            code = said[start : start + self.length]
            number = int.from_bytes(code)
            plain = chr(number) if self.length == 1 else ""
            yield code, self.texts.get(number, plain)

    def knows_width(self, code: bytes) -> bool:
        return int.from_bytes(code) in self.widths or self.else_wide is not None

    def width(self, code: bytes) -> float:
        return self.widths.get(int.from_bytes(code), self.else_wide or 0.0)


def typeface_of(font: Object) -> Typeface:
    """Read a font; a code that it does not explain says what it would in plain Latin."""
    texts = _texts(font.get("/ToUnicode"))
    if font.get("/Subtype") == Name.Type0:
        descendant = font.DescendantFonts[0]
        widths = dict(_cid_widths(descendant.get("/W", Array())))
        return Typeface(2, texts, widths, float(descendant.get("/DW", 1000)))
    if "/Widths" not in font:
        return Typeface(1, texts, _standard(str(font.get("/BaseFont", ""))))
    first, scale = int(font.get("/FirstChar", 0)), _scale(font)
    widths = {first + at: float(wide) * scale for at, wide in enumerate(font.Widths)}
    return Typeface(1, texts, widths)


def _scale(font: Object) -> float:
    """A Type 3 font measures in a unit of its own."""
    if font.get("/Subtype") != Name.Type3:
        return 1.0
    return float(font.get("/FontMatrix", Array([0.001]))[0]) * 1000


def _standard(name: str) -> dict[int, float]:
    """Return the widths of a font that every reader has; nothing of any other."""
    pdf = pypdfium2.PdfDocument.new()
    font = pdfium.FPDFText_LoadStandardFont(pdf.raw, name.removeprefix("/").encode())
    widths, wide = dict[int, float](), ctypes.c_float()
    for code in range(*_LATIN) if font else ():
        if pdfium.FPDFFont_GetGlyphWidth(font, code, 1000, wide):
            widths[code] = wide.value
    pdf.close()
    return widths


def _texts(cmap: Object | None) -> dict[int, str]:
    if not isinstance(cmap, Stream):
        return {}
    said, texts = cmap.read_bytes(), dict[int, str]()
    for block in _CHARACTERS.findall(said):
        texts |= {_number(code): _text(text) for code, text in _PAIR.findall(block)}
    for block in _RANGES.findall(said):
        for first, last, start, listed in _RANGE.findall(block):
            texts |= _range(_number(first), _number(last), start, listed)
    return texts


def _range(first: int, last: int, start: bytes, listed: bytes) -> dict[int, str]:
    codes = range(first, min(last, first + _WIDEST_RANGE) + 1)
    if listed:
        each = re.findall(rb"<([0-9A-Fa-f\s]+)>", listed)
        return {code: _text(text) for code, text in zip(codes, each, strict=False)}
    text = _text(start)
    if not text:
        return {}
    return {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in codes}


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def _text(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return bytes.fromhex(plain.decode()).decode("utf-16-be", "replace")


def _cid_widths(listed: Object) -> Iterator[tuple[int, float]]:
    """Read ``[first [w w …] first last w …]``."""
    waiting = list(listed) if isinstance(listed, Array) else []
    while len(waiting) > 1:
        first, following = int(waiting[0]), waiting[1]
        if isinstance(following, Array):
            yield from ((first + at, float(wide)) for at, wide in enumerate(following))
            waiting = waiting[2:]
            continue
        if len(waiting) < 3:
            return
        last = min(int(following), first + _WIDEST_RANGE)
        yield from ((code, float(waiting[2])) for code in range(first, last + 1))
        waiting = waiting[3:]
