"""Notes, covers and stamps laid over the pages: annotation and certification attacks."""

from collections.abc import Callable, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import DictionaryObject, NumberObject

from tests.sealing.mutants.mutant import Attack, Change, by_update
from tests.sealing.mutants.tools import (
    Writer,
    dictionary,
    field,
    look,
    name,
    numbers,
    page,
    signed_fields,
)

OVER_PRICE = (70, 695, 300, 712)
WHITE = b"1 1 1 rg 0 0 230 17 re f"
FORGED = WHITE + b" BT /Helv 12 Tf 0 g 2 4 Td (The price is 9 200,00 EUR.) Tj ET"


def annotations() -> Iterator[Attack]:
    """Every way of laying something over a page."""
    for kind in ("FreeText", "Square", "Stamp", "Redact", "Widget", "Screen", "Watermark"):
        yield by_update(f"cover-{kind.lower()}", _laid(kind), come="9 200,00 EUR")
    yield by_update("cover-white", _laid("Square", WHITE), gone="1 200,00 EUR")
    for kind in ("Link", "Highlight", "Text", "FileAttachment"):
        yield by_update(f"note-{kind.lower()}", _laid(kind, None))
    yield by_update("note-hidden", _laid("FreeText", FORGED, flags=2))
    yield by_update("sign-field-over-price", _sign_field_over_price, come="9 200,00 EUR")
    yield by_update("marks-removed", _marks_removed)
    yield by_update("mark-redrawn", _marks(_redrawn))
    yield by_update("mark-moved", _marks(_moved))
    yield by_update("mark-hidden", _marks(_hidden))
    yield by_update("values-swapped", _looks_swapped)


def _laid(kind: str, data: bytes | None = FORGED, *, flags: int = 4) -> Change:
    def forge(writer: Writer) -> None:
        laid = dictionary(
            Type=name("/Annot"),
            Subtype=name(f"/{kind}"),
            Rect=numbers(*OVER_PRICE),
            F=NumberObject(flags),
        )
        if data is not None:
            laid[name("/AP")] = dictionary(N=writer.add_object(_look(data)))
        _add(writer, laid)

    return forge


def _look(data: bytes) -> generic.StreamObject:
    helvetica = dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
    made = look(data, width=230, height=17)
    made[name("/Resources")] = dictionary(Font=dictionary(Helv=helvetica))
    return made


def _add(writer: Writer, annotation: DictionaryObject) -> None:
    first = page(writer, 1)
    first["/Annots"].append(writer.add_object(annotation))
    writer.update_container(first)


def _sign_field_over_price(writer: Writer) -> None:
    """The sneaky signature attack: a new field for a signature that covers the price."""
    laid = dictionary(
        Type=name("/Annot"),
        Subtype=name("/Widget"),
        FT=name("/Sig"),
        T=generic.pdf_string("Sneaky"),
        Rect=numbers(*OVER_PRICE),
        F=NumberObject(132),
        AP=dictionary(N=writer.add_object(_look(FORGED))),
    )
    _add(writer, laid)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(page(writer, 1)["/Annots"].raw_get(-1))
    writer.update_container(form)


def _marks_removed(writer: Writer) -> None:
    del page(writer, 1)["/Annots"]
    writer.update_container(page(writer, 1))


def _marks(change: Callable[[Writer, DictionaryObject], None]) -> Change:
    """Change the visible mark of a signature that was made."""

    def forge(writer: Writer) -> None:
        mark = next(each for each in signed_fields(writer) if _is_visible(each))
        change(writer, mark)
        writer.update_container(mark)

    return forge


def _is_visible(widget: DictionaryObject) -> bool:
    left, _, right, _ = (float(side) for side in widget.get("/Rect", (0, 0, 0, 0)))
    return right > left


def _redrawn(writer: Writer, mark: DictionaryObject) -> None:
    mark[name("/AP")] = dictionary(N=writer.add_object(_look(FORGED)))


def _moved(_writer: Writer, mark: DictionaryObject) -> None:
    mark[name("/Rect")] = numbers(*OVER_PRICE)


def _hidden(_writer: Writer, mark: DictionaryObject) -> None:
    mark[name("/F")] = NumberObject(2)


def _looks_swapped(writer: Writer) -> None:
    """Show the place that one party entered where the other entered theirs."""
    first, second = field(writer, "director_place"), field(writer, "client_place")
    looks = [each.get("/AP", DictionaryObject()) for each in (first, second)]
    first[name("/AP")], second[name("/AP")] = looks[1], looks[0]
    writer.update_container(first)
    writer.update_container(second)
