"""Tells what a file is by its first bytes. Its name and what a browser says count for nothing."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is; only the first three can be used."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    EMPTY = "empty"
    OFFICE = "office"
    ARCHIVE = "archive"
    HEIC = "heic"
    SVG = "svg"
    OTHER_PICTURE = "other-picture"
    OTHER = "other"


PICTURES = (Kind.PNG, Kind.JPEG)
_HEAD = 1024
_STARTS = {
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.OFFICE,
    b"{\\rtf": Kind.OFFICE,
    b"GIF8": Kind.OTHER_PICTURE,
    b"II*\x00": Kind.OTHER_PICTURE,
    b"MM\x00*": Kind.OTHER_PICTURE,
    b"BM": Kind.OTHER_PICTURE,
    b"Rar!": Kind.ARCHIVE,
    b"7z\xbc\xaf": Kind.ARCHIVE,
    b"\x1f\x8b": Kind.ARCHIVE,
}
_OFFICE_NAMES = (b"word/", b"[Content_Types].xml", b"application/vnd.oasis.opendocument")


def kind_of(content: bytes) -> Kind:
    """Return what the bytes are."""
    head = content[:_HEAD]
    if not head.strip():
        return Kind.EMPTY
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return Kind.OFFICE if any(name in head for name in _OFFICE_NAMES) else Kind.ARCHIVE
    if b"%PDF-" in head:
        return Kind.PDF
    return _modern_picture(head) or (Kind.SVG if b"<svg" in head.lower() else Kind.OTHER)


def _modern_picture(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim"):
        return Kind.HEIC
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return Kind.OTHER_PICTURE if is_webp or head[4:12] == b"ftypavif" else None
