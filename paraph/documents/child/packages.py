"""Tames the package of a DOCX or ODT: a plain copy without what acts, embeds or points outside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from lxml import etree
from PIL import Image

from paraph.kit.child.refusing import Refusal

MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
_RATIO_FROM = 10 * 1024 * 1024  # a small file may be as repetitive as it likes
_MOST_PARTS = 5_000
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
# What must not travel along, and the code of its sentence.
_DROPPED = {
    re.compile(r"vba|macrosheets|(^|/)(Basic|Scripts|Dialogs)/", re.IGNORECASE): "scripts",
    re.compile(
        r"(^|/)(embeddings|activeX)/|oleObject|\.(exe|dll|jar|js|vbs)$", re.I
    ): "attachments",
}
_FOLLOWED = "/hyperlink"  # the one relation that leads outside and does nothing by itself
_OUTSIDE = re.compile(rb'xlink:href="\s*(?!https?:|mailto:|tel:)(?:[a-zA-Z.]+:|/|\.\./|\\)[^"]*"')
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def tame(source: Path, target: Path, *, most_pixels: int) -> set[str]:
    """Write a plain copy of a package, and return the codes of what went."""
    removed: set[str] = set()
    try:
        with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
            for name, content in _parts(package, most=_most_bytes(source)):
                codes = {code for pattern, code in _DROPPED.items() if pattern.search(name)}
                if not codes:
                    _refuse_encrypted(name, content)
                    _refuse_enormous(name, content, most_pixels=most_pixels)
                    content, codes = _without_links(name, content)
                    copy.writestr(name, content)
                removed |= codes
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise Refusal("broken") from None
    return removed


def _most_bytes(source: Path) -> int:
    return min(MOST_BYTES, max(_RATIO_FROM, source.stat().st_size * MOST_RATIO))


def _parts(package: zipfile.ZipFile, *, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield each file once; what it says about its size counts for nothing."""
    entries = {entry.filename: entry for entry in package.infolist() if not entry.is_dir()}
    if len(entries) > _MOST_PARTS:
        raise Refusal("swollen")
    for name, entry in entries.items():
        if entry.flag_bits & _ENCRYPTED:
            raise Refusal("encrypted")
        content = bytearray()
        with package.open(entry) as part:
            while chunk := part.read(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise Refusal("swollen")
        most -= len(content)
        yield name, bytes(content)


def _refuse_encrypted(name: str, content: bytes) -> None:
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise Refusal("encrypted")


def _refuse_enormous(name: str, content: bytes, *, most_pixels: int) -> None:
    """Look at a picture's first bytes only; what cannot be recognised is drawn by nobody."""
    if not name.lower().endswith(_PICTURES):
        return
    Image.MAX_IMAGE_PIXELS = None  # our own limit says it in words
    try:
        width, height = Image.open(BytesIO(content)).size
    except (OSError, ValueError, SyntaxError):
        return
    if width * height > most_pixels:
        millions = round(width * height / 1_000_000)
        raise Refusal("too-many-pixels", megapixels=millions, most=most_pixels // 1_000_000)


def _without_links(name: str, content: bytes) -> tuple[bytes, set[str]]:
    if name.endswith(".rels"):
        return _without_relations(content)
    if name.endswith(".xml"):
        _refuse_broken(content)
        content, count = _OUTSIDE.subn(b'xlink:href=""', content)
        return content, {"external"} if count else set()
    return content, set()


def _refuse_broken(content: bytes) -> None:
    """Read the text once; no office program declares entities, so what does is a bomb."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Refusal("office-not-opened") from None


def _refuse_entity(*_declaration: object) -> None:
    raise Refusal("broken")


def _without_relations(content: bytes) -> tuple[bytes, set[str]]:
    """Take out relations with what lies outside, but for links that a reader may follow."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Refusal("broken") from None
    outside = [
        relation
        for relation in root.iterchildren(tag=etree.Element)
        if relation.get("TargetMode", "").lower() == "external"
        and not relation.get("Type", "").endswith(_FOLLOWED)
    ]
    for relation in outside:
        root.remove(relation)
    return (etree.tostring(root) if outside else content), {"external"} if outside else set()
