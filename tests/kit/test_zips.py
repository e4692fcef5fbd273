"""Archives that are written while they leave are also read by whoever cannot go back in them."""

import struct
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

from paraph.kit import zips

LOCAL, AFTER = b"PK\x03\x04", b"PK\x07\x08"
PIECES = {"one.txt": [b"first ", b"second"], "none.pem": [b""], "two.pdf": [b"%PDF" * 9999]}


def arriving(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Read entries in one go, without the table at the end: the sizes stand behind each, in four
    bytes, since nothing before it has told of more (Java's ZipInputStream).
    """
    at = 0
    while content.startswith(LOCAL, at):
        version, flags, _how = struct.unpack_from("<3H", content, at + 4)
        named, extra = struct.unpack_from("<2H", content, at + 26)
        assert (version, flags & 8, extra) == (20, 8, 0)
        packed = zlib.decompressobj(-zlib.MAX_WBITS)
        whole = packed.decompress(content[at + 30 + named :])
        end = len(content) - len(packed.unused_data)
        yield content[at + 30 : at + 30 + named].decode(), whole
        mark, crc, _small, size = struct.unpack_from("<4s3L", content, end)
        assert (mark, crc, size) == (AFTER, zlib.crc32(whole), len(whole))
        at = end + 16


def test_an_archive_is_read_while_it_arrives() -> None:
    leaving = zips.Leaving()
    sent: list[bytes] = []

    with ZipFile(leaving, "w", ZIP_DEFLATED) as archived:
        for name, pieces in PIECES.items():
            sent += zips.put(archived, leaving, name, pieces)
    sent.append(leaving.taken())

    assert dict(arriving(b"".join(sent))) == {name: b"".join(it) for name, it in PIECES.items()}
