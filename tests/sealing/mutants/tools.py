"""What forgers need: pages, their content, and parts to add to a file."""

from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    PdfObject,
    StreamObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Writer = IncrementalPdfFileWriter
name = generic.pdf_name


def page(writer: Writer, number: int) -> DictionaryObject:
    """Return a page, counted from 1."""
    found = writer.root["/Pages"]["/Kids"][number - 1]
    assert isinstance(found, DictionaryObject)
    return found


def kids(writer: Writer) -> ArrayObject:
    """Return the references to the pages."""
    found = writer.root["/Pages"]["/Kids"]
    assert isinstance(found, ArrayObject)
    return found


def pages_changed(writer: Writer) -> None:
    """Keep the tree of pages, with its new number of pages."""
    tree = writer.root["/Pages"]
    tree["/Count"] = NumberObject(len(tree["/Kids"]))
    writer.update_container(tree)


def content(writer: Writer, number: int) -> bytes:
    """Return the drawing instructions of a page, in one piece."""
    found = page(writer, number)["/Contents"]
    parts = found if isinstance(found, ArrayObject) else [found]
    return b"\n".join(part.get_object().data for part in parts)


def drawn(writer: Writer, number: int, instructions: bytes) -> None:
    """Give a page other drawing instructions."""
    changed = page(writer, number)
    changed["/Contents"] = writer.add_object(stream(instructions))
    writer.update_container(changed)


def redrawn(number: int, change: Callable[[bytes], bytes]) -> Callable[[Writer], None]:
    """Change the drawing instructions of a page, which must make a difference."""

    def forge(writer: Writer) -> None:
        before = content(writer, number)
        after = change(before)
        assert before != after
        drawn(writer, number, after)

    return forge


def stream(data: bytes, **entries: PdfObject) -> StreamObject:
    """Return a stream that is still to be added."""
    return StreamObject({name(f"/{key}"): each for key, each in entries.items()}, stream_data=data)


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """Return a dictionary by the names of its entries."""
    return DictionaryObject({name(f"/{key}"): each for key, each in entries.items()})


def numbers(*values: float) -> ArrayObject:
    """Return an array of numbers."""
    return ArrayObject(generic.FloatObject(each) for each in values)


def look(data: bytes, *, width: float, height: float) -> StreamObject:
    """Return an appearance of that size."""
    return stream(
        data, Type=name("/XObject"), Subtype=name("/Form"), BBox=numbers(0, 0, width, height)
    )


def field(writer: Writer, wanted: str) -> DictionaryObject:
    """Return the form field of that name."""
    fields = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
    found: DictionaryObject = next(
        each for each in fields if str(each.get("/T", "")).endswith(wanted)
    )
    return found


def signed_fields(writer: Writer) -> list[DictionaryObject]:
    """Return the signature fields that hold a signature."""
    fields = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
    return [each for each in fields if each.get("/FT") == "/Sig" and "/V" in each]


def catalogue(**entries: PdfObject) -> Callable[[Writer], None]:
    """Set entries of the catalogue."""

    def forge(writer: Writer) -> None:
        for key, each in entries.items():
            writer.root[name(f"/{key}")] = each
        writer.update_root()

    return forge
