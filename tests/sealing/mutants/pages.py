"""Pages taken out, added, turned, cropped, or drawn differently by a later version."""

from collections.abc import Callable, Iterator

from pyhanko.pdf_utils.generic import DictionaryObject, NumberObject

from tests.sealing.mutants.bases import HIDDEN
from tests.sealing.mutants.mutant import Attack, Change, by_update
from tests.sealing.mutants.tools import (
    Writer,
    content,
    drawn,
    kids,
    name,
    numbers,
    page,
    pages_changed,
    redrawn,
    stream,
)

PRICE = b"1 200,00 EUR"
COVER = b"q 1 1 1 rg 70 695 300 16 re f Q "


def pages() -> Iterator[Attack]:
    """Every change of the pages."""
    for number in (1, 2, 3):
        yield by_update(f"page-{number}-removed", _without(number))
        yield by_update(f"page-{number}-turned", _with(number, "/Rotate", 90))
    yield by_update("page-added", _added, come="New terms apply.")
    yield by_update("pages-reordered", _reordered)
    yield by_update("page-doubled", _doubled)
    yield by_update("page-cropped", _boxed("/CropBox", 0, 300, 595, 680))
    yield by_update("page-narrowed", _boxed("/MediaBox", 0, 0, 300, 842))
    yield by_update("page-moved", _boxed("/MediaBox", 0, 100, 595, 942))
    yield by_update("page-scaled", _with(1, "/UserUnit", 2))
    yield from words()
    yield from parts()


def words() -> Iterator[Attack]:
    """Other words on the pages."""
    for title, old, new, gone, come in _REPLACEMENTS:
        yield by_update(title, redrawn(1, _replacing(old, new)), gone=gone, come=come)
    covered = redrawn(1, lambda data: data + COVER + _written("The price is 9 200,00 EUR.", 700))
    yield by_update("covered", covered, come="9 200,00 EUR")
    yield by_update("whitened", redrawn(1, lambda data: data + COVER), gone="1 200,00 EUR")
    added = redrawn(3, lambda data: data + _written("Interest is 5% a month.", 500))
    yield by_update("sentence-added", added, come="Interest is 5% a month.")
    yield by_update("emptied", lambda w: drawn(w, 3, b""), gone="Both parties agree")
    yield by_update("swapped-contents", _contents_swapped)


_REPLACEMENTS = (
    ("digit", PRICE, b"9 200,00 EUR", "1 200,00 EUR", "9 200,00 EUR"),
    ("amount", PRICE, b"12 000,00 EUR", "1 200,00 EUR", "12 000,00 EUR"),
    ("currency", PRICE, b"1 200,00 PLN", "1 200,00 EUR", "1 200,00 PLN"),
    ("term", b"30 days", b"90 days", "30", "90"),
    ("not", b"is due", b"is not due", "", "not"),
    ("deleted", b"Payment is due within 30 days.", b"", "Payment is due within 30 days.", ""),
    ("title", b"Supply contract", b"Gift contract", "Supply", "Gift"),
)


def _replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new)


def parts() -> Iterator[Attack]:
    """Other parts that the pages draw with."""
    yield by_update("picture-replaced", _picture_replaced)
    yield by_update("picture-removed", redrawn(1, lambda data: data.replace(b" Do", b" Xx", 1)))
    yield by_update("resources-removed", _resources_removed)
    yield by_update("line-through", redrawn(1, lambda data: data + b" 72 704 150 1 re f"))
    yield by_update("words-moved", redrawn(1, lambda data: data.replace(b"72 700", b"72 640")))
    yield by_update("words-off-page", redrawn(1, lambda data: data.replace(b"72 700", b"72 -90")))
    yield by_update("hidden-words", redrawn(1, _with_white_words), come=HIDDEN)


def _written(words: str, height: int) -> bytes:
    return f" BT /F1 12 Tf 0 g 1 0 0 1 72 {height} Tm ({words}) Tj ET".encode()


def _with_white_words(data: bytes) -> bytes:
    return data + _written(HIDDEN, 600).replace(b"0 g", b"1 g")


def _without(number: int) -> Change:
    def forge(writer: Writer) -> None:
        del kids(writer)[number - 1]
        pages_changed(writer)

    return forge


def _with(number: int, key: str, value: int) -> Change:
    def forge(writer: Writer) -> None:
        page(writer, number)[name(key)] = NumberObject(value)
        writer.update_container(page(writer, number))

    return forge


def _boxed(key: str, *corners: float) -> Change:
    def forge(writer: Writer) -> None:
        page(writer, 1)[name(key)] = numbers(*corners)
        writer.update_container(page(writer, 1))

    return forge


def _added(writer: Writer) -> None:
    copy = DictionaryObject(page(writer, 1))
    copy.pop(name("/Annots"), None)
    copy[name("/Contents")] = writer.add_object(stream(_written("New terms apply.", 700)))
    kids(writer).append(writer.add_object(copy))
    pages_changed(writer)


def _reordered(writer: Writer) -> None:
    kids(writer).reverse()
    pages_changed(writer)


def _doubled(writer: Writer) -> None:
    kids(writer).append(kids(writer)[1])
    pages_changed(writer)


def _contents_swapped(writer: Writer) -> None:
    first, third = content(writer, 1), content(writer, 3)
    drawn(writer, 1, third)
    drawn(writer, 3, first)


def _picture_replaced(writer: Writer) -> None:
    objects = page(writer, 1)["/Resources"]["/XObject"]
    for key in list(objects):
        if objects[key].get("/Subtype") == "/Image":
            objects[key] = writer.add_object(_red_picture())
    writer.update_container(objects)


def _red_picture() -> object:
    return stream(
        b"\xff\0\0",
        Type=name("/XObject"),
        Subtype=name("/Image"),
        Width=NumberObject(1),
        Height=NumberObject(1),
        BitsPerComponent=NumberObject(8),
        ColorSpace=name("/DeviceRGB"),
    )


def _resources_removed(writer: Writer) -> None:
    page(writer, 1)[name("/Resources")] = DictionaryObject()
    writer.update_container(page(writer, 1))
