"""Tells what a file is by its first bytes. Its name and what a browser says count for nothing."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is; the first seven can be used."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    EMPTY = "empty"
    SHEET = "sheet"  # a spreadsheet or slides
    LOCKED_OFFICE = "encrypted"  # an office document behind a password
    ARCHIVE = "archive"
    HEIC = "heic"
    SVG = "svg"
    OTHER_PICTURE = "other-picture"
    OTHER = "other"


PICTURES = (Kind.PNG, Kind.JPEG)
OFFICE = (Kind.DOCX, Kind.DOC, Kind.ODT, Kind.RTF)
_HEAD = 1024
_STARTS = {
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
    b"{\\rtf": Kind.RTF,
    b"GIF8": Kind.OTHER_PICTURE,
    b"II*\x00": Kind.OTHER_PICTURE,
    b"MM\x00*": Kind.OTHER_PICTURE,
    b"BM": Kind.OTHER_PICTURE,
    b"Rar!": Kind.ARCHIVE,
    b"7z\xbc\xaf": Kind.ARCHIVE,
    b"\x1f\x8b": Kind.ARCHIVE,
}
_OLD_OFFICE, _PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument."
# Names that stand plainly in the table of contents of such a file: nothing is unpacked.
_IN_PACKAGES = {
    b"word/document": Kind.DOCX,
    b"xl/workbook": Kind.SHEET,
    b"ppt/presentation": Kind.SHEET,
}
_IN_OLD_OFFICE = {
    "EncryptedPackage": Kind.LOCKED_OFFICE,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.SHEET,
    "PowerPoint Document": Kind.SHEET,
}


def kind_of(content: bytes) -> Kind:
    """Return what the bytes are."""
    head = content[:_HEAD]
    if not head.strip():
        return Kind.EMPTY
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head.startswith(_PACKAGE):
        return _package(content)
    if head.startswith(_OLD_OFFICE):
        return _old_office(content)
    if b"%PDF-" in head:
        return Kind.PDF
    return _modern_picture(head) or (Kind.SVG if b"<svg" in head.lower() else Kind.OTHER)


def _modern_picture(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim"):
        return Kind.HEIC
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return Kind.OTHER_PICTURE if is_webp or head[4:12] == b"ftypavif" else None


def _package(content: bytes) -> Kind:
    if content[30:].startswith(_ODT):
        return Kind.ODT if content[30 + len(_ODT) :].startswith(b"text") else Kind.SHEET
    found = (kind for name, kind in _IN_PACKAGES.items() if name in content)
    return next(found, Kind.ARCHIVE)


def _old_office(content: bytes) -> Kind:
    found = (kind for name, kind in _IN_OLD_OFFICE.items() if name.encode("utf-16-le") in content)
    return next(found, Kind.OTHER)
