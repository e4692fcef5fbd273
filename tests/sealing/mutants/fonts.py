"""Fonts exchanged, so that other words are read where the same words are written."""

import io
from collections.abc import Callable, Iterator

from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject

from tests.sealing.mutants.mutant import Attack, Change, by_update
from tests.sealing.mutants.tools import Writer, dictionary, name, numbers, page, stream


def fonts() -> Iterator[Attack]:
    """Every way of making a font tell something else."""
    yield by_update("glyphs-1-reads-9", _glyphs("1", "9"), gone="100,00", come="900,00")
    yield by_update("glyphs-4-reads-7", _glyphs("4", "7"), gone="40,00", come="70,00")
    yield by_update("encoding", _helvetica(_encoding), gone="1 200,00", come="9 200,00")
    yield by_update("to-unicode", _helvetica(_to_unicode))
    yield by_update("symbols", _helvetica(_symbols))
    yield by_update("widths", _helvetica(_widths))
    yield by_update("fonts-swapped", _swapped)


def _helvetica(change: Callable[[Writer, DictionaryObject], None]) -> Change:
    def forge(writer: Writer) -> None:
        font = page(writer, 1)["/Resources"]["/Font"]["/F1"]
        change(writer, font)
        writer.update_container(font)

    return forge


def _encoding(_writer: Writer, font: DictionaryObject) -> None:
    """The code of the digit one shows the glyph nine."""
    other = ArrayObject([NumberObject(ord("1")), name("/nine")])
    font[name("/Encoding")] = dictionary(
        Type=name("/Encoding"), BaseEncoding=name("/WinAnsiEncoding"), Differences=other
    )


def _to_unicode(writer: Writer, font: DictionaryObject) -> None:
    """What is copied or read aloud differs from what is seen."""
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"/CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange "
        b"1 beginbfchar <31> <0039> endbfchar endcmap end end"
    )
    font[name("/ToUnicode")] = writer.add_object(stream(table))


def _symbols(_writer: Writer, font: DictionaryObject) -> None:
    font[name("/BaseFont")] = name("/Symbol")
    font.pop(name("/Encoding"), None)


def _widths(_writer: Writer, font: DictionaryObject) -> None:
    font[name("/FirstChar")], font[name("/LastChar")] = NumberObject(0), NumberObject(255)
    font[name("/Widths")] = numbers(*[1200] * 256)


def _glyphs(written: str, shown: str) -> Change:
    """Give one digit the outline of another, in the embedded font of the second page."""

    def forge(writer: Writer) -> None:
        descriptor = next(_embedded(writer))
        file = descriptor["/FontFile2"]
        changed = _with_outline(file.data, written, shown)
        made = stream(changed, Length1=NumberObject(len(changed)))
        descriptor[name("/FontFile2")] = writer.add_object(made)
        writer.update_container(descriptor)

    return forge


def _embedded(writer: Writer) -> Iterator[DictionaryObject]:
    fonts = page(writer, 2)["/Resources"]["/Font"]
    for font in (fonts[key] for key in fonts):
        if "/FontDescriptor" in font and "/FontFile2" in font["/FontDescriptor"]:
            yield font["/FontDescriptor"]


def _with_outline(data: bytes, written: str, shown: str) -> bytes:
    font = TTFont(io.BytesIO(data))
    table = next(table.cmap for table in font["cmap"].tables if ord(written) in table.cmap)
    outlines = font["glyf"]
    outlines[table[ord(written)]] = outlines[table[ord(shown)]]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _swapped(writer: Writer) -> None:
    fonts = page(writer, 2)["/Resources"]["/Font"]
    first, second = list(fonts)[:2]
    fonts[name(first)], fonts[name(second)] = fonts.raw_get(second), fonts.raw_get(first)
    writer.update_container(fonts)
