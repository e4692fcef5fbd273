"""A reader of PDFs that does not do the same work again for each object."""

import io
import re
from binascii import unhexlify
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import (
    ByteStringObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    Reference,
    StreamObject,
    TextStringObject,
    pdf_string,
    read_object,
)
from pyhanko.pdf_utils.misc import read_non_whitespace
from pyhanko.pdf_utils.reader import PdfFileReader

T = TypeVar("T")

_byte_by_byte = generic.read_hex_string_from_stream
_PLAIN_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2})*)>")
_MOST_HEX = 1 << 17


def _read_hex_string(stream: io.BytesIO) -> ByteStringObject | TextStringObject:
    """Read a string of nothing but pairs of digits at once: each signature is a long one.

    pyHanko takes its bytes one by one, and gets what is unusual.
    """
    start, content = stream.tell(), stream.read(256)
    if b">" not in content:
        content += stream.read(_MOST_HEX)
    found = _PLAIN_HEX.match(content)
    stream.seek(start + found.end() if found else start)
    return pdf_string(unhexlify(found[1])) if found else _byte_by_byte(stream)


generic.read_hex_string_from_stream = _read_hex_string


@dataclass(frozen=True)
class Container:
    """An object stream, unpacked: its bytes, and where each object begins."""

    content: bytes
    places: dict[int, tuple[int, int]]


class Reader(PdfFileReader):
    """pyHanko's reader, which by itself unpacks an object stream anew for every object in it.

    Tagged contracts hold thousands of objects; this makes their check three times faster.
    Whatever is unusual is left to the original, with its errors.
    """

    def __init__(self, data: bytes, *, strict: bool) -> None:
        self._containers: dict[int, Container] = {}
        self._answers: dict[object, Any] = {}
        super().__init__(io.BytesIO(data), strict=strict)

    def once(self, question: object, answer: Callable[[], T]) -> T:
        """Return the answer to a question about this file, found out when it is asked first."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> PdfObject:
        found = self._quickly(idnum, stmnum, idx)
        if found is None:
            found = PdfFileReader._get_object_from_stream(self, idnum, stmnum, idx)
        return found

    def _quickly(self, idnum: int, stmnum: int, idx: int) -> PdfObject | None:
        try:
            if stmnum not in self._containers:
                self._containers[stmnum] = self._unpacked(stmnum)
            container = self._containers[stmnum]
            index, offset = container.places[idnum]
            stream = io.BytesIO(container.content)
            stream.seek(offset)
            found = read_object(stream, Reference(idnum, 0, self))
        except Exception:  # the original meets the same trouble, and knows what to say
            return None
        is_plain = not isinstance(found, StreamObject | IndirectObject)
        return found if is_plain and index == idx else None

    def _unpacked(self, stmnum: int) -> Container:
        stream = Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, StreamObject) or stream["/Type"] != "/ObjStm":
            raise ValueError("not an object stream")
        content = stream.read_data(DecodePurpose.OBJECT_STREAM)
        header, first = io.BytesIO(content), int(stream["/First"])
        places: dict[int, tuple[int, int]] = {}
        for index in range(int(stream["/N"])):
            number, offset = _next_number(header), _next_number(header)
            places.setdefault(number, (index, first + offset))
        return Container(content, places)


def _next_number(header: io.BytesIO) -> int:
    read_non_whitespace(header, seek_back=True)
    return int(NumberObject.read_from_stream(header))
