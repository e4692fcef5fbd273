"""Things hung on the document as a whole: scripts, attachments, layers, other rights."""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject

from tests.sealing.mutants.mutant import Attack, Change, by_update
from tests.sealing.mutants.tools import (
    Writer,
    catalogue,
    content,
    dictionary,
    drawn,
    name,
    page,
    stream,
)


def _script() -> DictionaryObject:
    return dictionary(S=name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))


def _named(**entries: generic.PdfObject) -> DictionaryObject:
    return dictionary(Names=ArrayObject([generic.pdf_string("a"), dictionary(**entries)]))


def entries() -> Iterator[Attack]:
    """Every kind of entry that somebody may add to the catalogue, or take out of it."""
    added = {
        "open-action": catalogue(OpenAction=_script()),
        "additional-actions": catalogue(AA=dictionary(WC=_script())),
        "script": catalogue(Names=dictionary(JavaScript=_named(S=name("/JavaScript")))),
        "attachment": catalogue(Names=dictionary(EmbeddedFiles=_named(F=name("/x")))),
        "associated-file": catalogue(AF=ArrayObject()),
        "address": catalogue(URI=dictionary(Base=generic.pdf_string("http://m.example"))),
        "outlines": catalogue(Outlines=dictionary(Type=name("/Outlines"))),
        "labels": catalogue(PageLabels=dictionary(Nums=ArrayObject())),
        "viewer": catalogue(ViewerPreferences=dictionary(HideToolbar=name("/true"))),
        "layout": catalogue(PageLayout=name("/TwoPageLeft")),
        "language": catalogue(Lang=generic.pdf_string("pl")),
        "structure": catalogue(StructTreeRoot=dictionary(Type=name("/StructTreeRoot"))),
        "collection": catalogue(Collection=dictionary(Type=name("/Collection"))),
        "rights-lowered": catalogue(Perms=DictionaryObject()),
        "unknown-entry": catalogue(Whatever=NumberObject(1)),
        "metadata": _metadata,
        "title": _title,
        "validation-data-removed": _without_validation_data,
        "tree-of-pages": _other_tree,
    }
    yield from (by_update(f"catalogue-{title}", change) for title, change in added.items())


def layers() -> Iterator[Attack]:
    """Content put on layers that can be switched."""
    yield by_update("layer-added", _layer(is_on=True), come="9 200,00 EUR")
    yield by_update("layer-added-off", _layer(is_on=False))
    yield by_update("page-put-on-layer", _page_on_layer, gone="Both parties agree")


def _metadata(writer: Writer) -> None:
    words = (
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        b"<dc:title>Gift contract</dc:title></x:xmpmeta>"
    )
    kept = stream(words, Type=name("/Metadata"), Subtype=name("/XML"))
    writer.root[name("/Metadata")] = writer.add_object(kept)
    writer.update_root()


def _title(writer: Writer) -> None:
    writer.set_info(dictionary(Title=generic.pdf_string("Gift contract")))


def _without_validation_data(writer: Writer) -> None:
    writer.root.pop(name("/DSS"), None)
    writer.update_root()


def _other_tree(writer: Writer) -> None:
    copy = DictionaryObject(writer.root["/Pages"])
    copy[name("/Kids")] = ArrayObject(reversed(list(copy["/Kids"])))
    writer.root[name("/Pages")] = writer.add_object(copy)
    writer.update_root()


def _new_layer(writer: Writer, *, is_on: bool) -> generic.PdfObject:
    made = dictionary(Type=name("/OCG"), Name=generic.pdf_string("Draft"))
    layer = writer.add_object(made)
    state = dictionary(**{"ON" if is_on else "OFF": ArrayObject([layer])})
    writer.root[name("/OCProperties")] = dictionary(OCGs=ArrayObject([layer]), D=state)
    writer.update_root()
    return layer


def _layer(*, is_on: bool) -> Change:
    def forge(writer: Writer) -> None:
        _share(writer, 1, _new_layer(writer, is_on=is_on))
        words = b"/OC /Draft BDC BT /F1 12 Tf 72 500 Td (Then 9 200,00 EUR) Tj ET EMC"
        drawn(writer, 1, content(writer, 1) + words)

    return forge


def _page_on_layer(writer: Writer) -> None:
    _share(writer, 3, _new_layer(writer, is_on=False))
    drawn(writer, 3, b"/OC /Draft BDC " + content(writer, 3) + b" EMC")


def _share(writer: Writer, number: int, layer: generic.PdfObject) -> None:
    resources = page(writer, number)["/Resources"]
    resources[name("/Properties")] = dictionary(Draft=layer)
    writer.update_container(resources)


def revealed() -> Iterator[Attack]:
    """Shadow attacks: what its maker hid before signing is brought to light."""
    yield by_update("shadow-layer-shown", _layer_shown, come="7 000,00 EUR")
    yield by_update("shadow-page-shown", _page_shown, come="9 200,00 EUR")
    yield by_update("shadow-content-taken", _content_taken, come="9 200,00 EUR")


def _layer_shown(writer: Writer) -> None:
    shown = writer.root["/OCProperties"]["/D"]
    shown[name("/ON")], shown[name("/OFF")] = shown["/OFF"], ArrayObject()
    writer.update_container(shown)


def _page_shown(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"][0] = writer.root["/PieceInfo"].raw_get("/Kept")
    writer.update_container(pages)


def _content_taken(writer: Writer) -> None:
    first = page(writer, 1)
    first[name("/Contents")] = writer.root["/PieceInfo"]["/Kept"].raw_get("/Contents")
    writer.update_container(first)
