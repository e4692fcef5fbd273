"""DER, as far as signatures, time stamps and status answers need it: writing whole values,
and taking one apart. Knows no structure by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

NULL = b"\x05\x00"


class NotDer(ValueError):
    """The bytes are not one whole DER value."""


def value(tag: int, *parts: bytes) -> bytes:
    """One value: tag, length, content."""
    content = b"".join(parts)
    return bytes([tag]) + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def sequence(*parts: bytes) -> bytes:
    """SEQUENCE of the parts in their order."""
    return value(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """SET OF the parts, in the order DER asks for."""
    return value(0x31, *sorted(parts))


def context(number: int, *parts: bytes) -> bytes:
    """A constructed context tag around the parts: explicit tagging, or an implicit sequence."""
    return value(0xA0 | number, *parts)


def octets(content: bytes) -> bytes:
    """OCTET STRING."""
    return value(0x04, content)


def bits(content: bytes) -> bytes:
    """BIT STRING of whole octets."""
    return value(0x03, b"\x00", content)


def boolean(is_true: bool) -> bytes:
    """BOOLEAN."""
    return value(0x01, b"\xff" if is_true else b"\x00")


def integer(number: int) -> bytes:
    """INTEGER, not negative."""
    return value(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def text(content: str) -> bytes:
    """UTF8String."""
    return value(0x0C, content.encode())


def moment(at: datetime) -> bytes:
    """GeneralizedTime in UTC with whole seconds."""
    return value(0x18, at.strftime("%Y%m%d%H%M%SZ").encode())


@cache
def identifier(dotted: str) -> bytes:
    """OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return value(0x06, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def _base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | arc & 0x7F)
    return bytes(reversed(digits))


def split(encoded: bytes) -> tuple[int, bytes, bytes]:
    """Tag and content of the first value, and what follows it."""
    if len(encoded) < 2:
        raise NotDer("The value is cut short.")
    start, size = 2, encoded[1]
    if size & 0x80:
        start, size = _long_length(encoded)
    end = start + size
    if end > len(encoded):
        raise NotDer("The value is longer than its bytes.")
    return encoded[0], encoded[start:end], encoded[end:]


def _long_length(encoded: bytes) -> tuple[int, int]:
    count = encoded[1] & 0x7F
    size = int.from_bytes(encoded[2 : 2 + count], "big")
    if not 1 <= count <= 4 or len(encoded) < 2 + count or size < 0x80:
        raise NotDer("The length is not written as DER writes it.")
    return 2 + count, size


def parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value inside a constructed one."""
    while content:
        tag, inner, content = split(content)
        yield tag, inner


def only(encoded: bytes, tag: int) -> bytes:
    """Content of a value that must have this tag and end where the bytes end."""
    found, content, rest = split(encoded)
    if found != tag or rest:
        raise NotDer("The value is of another type, or something follows it.")
    return content
