"""Builds office documents that tests upload: honest ones and hostile ones."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from paraph.documents import converting

needs_office = pytest.mark.skipif(
    not any(map(converting._is_office, converting._usual_places())),
    reason="this machine has no LibreOffice",
)

_PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = f'<Relationships xmlns="{_PACKAGES}">{{}}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
)
_TYPES = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>
<Override PartName="/word/document.xml" ContentType="{_WORDML}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORDML}.styles+xml"/></Types>"""
_STYLES = f"""<w:styles xmlns:w="{_WORD}">
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
</w:styles>"""


def paragraph(text: str) -> str:
    """Return a paragraph of Word's XML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(rows: list[list[str]]) -> str:
    """Return a table of Word's XML, whose first row is its head."""
    grid = '<w:gridCol w:w="3000"/>' * len(rows[0])
    lines = ""
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        lines += f"<w:tr>{head}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def relation(kind: str, target: str, *, outside: bool = False, key: str = "r9") -> str:
    """Return one relation of the document."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx(
    body: str | None = None, *, relations: str = "", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a Word document."""
    text = body or HEADING.format("Supply contract") + paragraph("The parties agree. Zażółć.")
    own = relation("styles", "styles.xml", key="r1") + relations
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    names = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
    texts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": RELATIONS.format(root),
        "word/_rels/document.xml.rels": RELATIONS.format(own),
        "word/styles.xml": _STYLES,
        "word/document.xml": f"<w:document {names}><w:body>{text}{SECTION}</w:body></w:document>",
    }
    whole = {name: content.encode() for name, content in texts.items()} | dict(parts or {})
    return package(whole)


def odt(text: str, *, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument text whose body is that XML."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    content = (
        f'<office:document-content {names} office:version="1.3"><office:body>'
        f"<office:text>{text}</office:text></office:body></office:document-content>"
    )
    files = {
        "mimetype": kind.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": (
            f'<manifest:manifest xmlns:manifest="{manifest}">{entries}</manifest:manifest>'
        ).encode(),
    }
    return package(files | dict(parts or {}))


def package(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of files; the first is stored plainly."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files.items()):
            archive.writestr(name, content, zipfile.ZIP_STORED if number == 0 else None)
    return out.getvalue()


def endless_pages() -> bytes:
    """Return a small document of a few thousand pages."""
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return docx(page * 2_100)


def swollen() -> bytes:
    """Return a document whose text unpacks to a thousand times its size."""
    return docx(parts={"word/media/image1.bin": bytes(250_000_000)})


def lying_about_size() -> bytes:
    """Return a document that declares a part to be tiny."""
    content = bytearray(swollen())
    entry = content.index(b"PK\x01\x02", content.index(b"image1.bin") + 100)
    while content[entry + 46 : entry + 66] != b"word/media/image1.bin"[:20]:
        entry = content.index(b"PK\x01\x02", entry + 4)
    struct.pack_into("<I", content, entry + 24, 10)
    return bytes(content)
