"""The one font that every entry is written with: cut down, embedded before the first
signature, and used afterwards by glyph number."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from paraph.sealing.isolation import isolated

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RESOURCE = "Paraph"

# Latin as far as Romanian and Vietnamese, Greek, Cyrillic, punctuation, currencies, signs.
ALPHABETS = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x218, 0x21C),
    range(0x370, 0x3D0),
    range(0x400, 0x460),
    range(0x490, 0x500),
    range(0x1E9E, 0x1EFA),
    range(0x2010, 0x203B),
    range(0x20A0, 0x20C1),
    range(0x2116, 0x2123),
)


@dataclass(frozen=True)
class Subset:
    """A cut-down TrueType font; ``glyphs`` maps a character to (glyph, width in 1/1000)."""

    program: bytes
    glyphs: Mapping[str, tuple[int, int]]
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]

    @cached_property
    def packed(self) -> bytes:
        """The program as a file keeps it: compressed once, not for each document."""
        return zlib.compress(self.program, 9)

    @cached_property
    def back_to_text(self) -> bytes:
        """The table by which readers get characters back, compressed as well."""
        return zlib.compress(_to_unicode(self.glyphs), 9)


@lru_cache(maxsize=4)
def subset(font: bytes) -> Subset:
    """Keep the alphabets of the languages we write, drop hints and layout.

    A child does it, once: what it takes (15 MB) would stay in the worker for good.
    """
    told = isolated("paraph.sealing.fonts:cut", blobs=[font], arguments={})
    told["program"] = bytes.fromhex(told["program"])
    told["glyphs"] = {letter: tuple(glyph) for letter, glyph in told["glyphs"].items()}
    told["widths"], told["box"] = tuple(told["widths"]), tuple(told["box"])
    return Subset(**told)


def cut(font: bytes) -> dict[str, Any]:  # JSON
    """Cut a font down as the child does; the answer holds the fields of ``Subset``."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = []
    options.drop_tables += ["STAT", "gasp"]
    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        for table in ("GDEF", "GPOS", "GSUB"):  # dropped later, they would all be read first
            if table in opened:
                del opened[table]
        cutter = Subsetter(options)
        cutter.populate(unicodes=[code for alphabet in ALPHABETS for code in alphabet])
        cutter.subset(opened)
        written = BytesIO()
        opened.save(written)
        cut_down = _measured(opened, written.getvalue())
    return vars(cut_down) | {"program": cut_down.program.hex()}


def _measured(font: TTFont, program: bytes) -> Subset:
    per_em: float = font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    order = font.getGlyphOrder()

    def scaled(units: int) -> int:
        return round(units * 1000 / per_em)

    widths = tuple(scaled(metrics[name][0]) for name in order)
    numbers = {name: number for number, name in enumerate(order)}
    glyphs = {
        chr(code): (numbers[name], widths[numbers[name]])
        for code, name in font.getBestCmap().items()
    }
    head = font["head"]
    return Subset(
        program,
        glyphs,
        widths,
        ascent=scaled(font["hhea"].ascent),
        descent=scaled(font["hhea"].descent),
        cap_height=scaled(getattr(font["OS/2"], "sCapHeight", 0) or 700),
        box=(scaled(head.xMin), scaled(head.yMin), scaled(head.xMax), scaled(head.yMax)),
    )


def embed(pdf: Pdf, font: Subset) -> Object:
    """Add the font as a composite one: two-byte glyph numbers, readable back as text."""
    # Six capitals and a plus sign mark a subset (ISO 32000-1, 9.6.4).
    name = Name("/PARAPH+Sans")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array(list(font.box)),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=Stream(pdf, font.packed, Length1=len(font.program), Filter=Name.FlateDecode),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=font.widths[0],
        W=Array([0, Array(list(font.widths))]),
    )
    composite = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=Stream(pdf, font.back_to_text, Filter=Name.FlateDecode),
    )
    return pdf.make_indirect(composite)


def _to_unicode(glyphs: Mapping[str, tuple[int, int]]) -> bytes:
    """The table by which readers get characters back from glyph numbers."""
    # Where characters share a glyph, the lowest one is what people copy.
    letters = {glyphs[letter][0]: letter for letter in sorted(glyphs, reverse=True)}
    rows = [
        f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for glyph, letter in sorted(letters.items())
    ]
    # A block holds at most 100 rows.
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
