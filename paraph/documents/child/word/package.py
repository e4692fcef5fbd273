"""A Word file as its parts: read within limits, mended where something was taken out, written."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from paraph.kit.child.refusing import Refusal

from ..packages import tame
from .names import CONTENT_TYPES, MACRO_TYPE, RELATIONS, WORD_TYPE, R, w

Element = Any  # lxml comes without stubs
MAIN = "word/document.xml"
_TYPES, _SETTINGS, _CORE = "[Content_Types].xml", "word/settings.xml", "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FOLDED = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
_STARTS_ITSELF = ("DDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD")


class Package:
    """The parts of a Word file by name."""

    def __init__(self, source: Path, *, most_pixels: int) -> None:
        tamed = source.with_suffix(".tamed")
        self.removed = tame(source, tamed, most_pixels=most_pixels)
        with zipfile.ZipFile(tamed) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        tamed.unlink()
        if MAIN not in self._parts or _TYPES not in self._parts:
            raise Refusal("not-word")
        self._trees: dict[str, Element] = {}
        self._mend()

    def stories(self) -> Iterator[tuple[str, Element]]:
        """Yield the parts that have text: the body first, then headers, footers and notes."""
        yield MAIN, self.tree(MAIN)
        for name in sorted(self._parts):
            if name.startswith(_FOLDED) and name.endswith(".xml"):
                yield name, self.tree(name)

    def tree(self, name: str) -> Element:
        """Return the tree of a part; what is changed in it is written."""
        if name not in self._trees:
            self._trees[name] = _tree(self._parts[name])
        return self._trees[name]

    def add_picture(self, content: bytes, *, name: str, to: str) -> str:
        """Put a PNG into the file, and return the relation by which a part shows it."""
        path = f"word/media/{name}.png"
        self._parts[path] = content
        self._say_png()
        relations = self._relations_of(to)
        taken = {relation.get("Id") for relation in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdPicture{n}" not in taken)
        relation = etree.SubElement(relations, f"{{{RELATIONS}}}Relationship")
        relation.set("Id", f"rIdPicture{number}")
        relation.set("Type", f"{R}/image")
        relation.set("Target", f"media/{name}.png")
        return f"rIdPicture{number}"

    def entitle(self, title: str) -> None:
        """Write the title that programs show above the document."""
        if _CORE in self._parts:
            core = self.tree(_CORE)
            found = core.find(_TITLE)
            element = etree.SubElement(core, _TITLE) if found is None else found
            element.text = title

    def write(self, target: Path) -> None:
        """Write the file with all that was changed."""
        for name, tree in self._trees.items():
            self._parts[name] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name in sorted(self._parts, key=lambda name: (name != _TYPES, name)):
                package.writestr(_entry(name), self._parts[name])

    def _mend(self) -> None:
        """Take out what pointed to parts that are gone, and fields that fetch by themselves."""
        self._mend_types()
        for name in [name for name in self._parts if name.endswith(".rels")]:
            self._mend_relations(name)
        for _name, tree in self.stories():
            _still(tree)
        if _SETTINGS in self._parts:
            _remove_all(self.tree(_SETTINGS), w("attachedTemplate"))

    def _mend_types(self) -> None:
        types = self.tree(_TYPES)
        for entry in list(types):
            if (part := entry.get("PartName")) and part.lstrip("/") not in self._parts:
                types.remove(entry)
            elif entry.get("ContentType") == MACRO_TYPE:
                entry.set("ContentType", WORD_TYPE)

    def _mend_relations(self, name: str) -> None:
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in list(self.tree(name)):
            if relation.get("TargetMode", "").lower() == "external":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target[:1] == "/" else posixpath.join(folder, target)
            kind = relation.get("Type", "")
            if posixpath.normpath(path) not in self._parts or kind.endswith("/aFChunk"):
                self.tree(name).remove(relation)

    def _relations_of(self, part: str) -> Element:
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self._parts:
            self._parts[path] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        return self.tree(path)

    def _say_png(self) -> None:
        types = self.tree(_TYPES)
        known = {entry.get("Extension", "").lower() for entry in types}
        if "png" not in known:
            entry = etree.Element(f"{{{CONTENT_TYPES}}}Default")
            entry.set("Extension", "png")
            entry.set("ContentType", "image/png")
            types.insert(0, entry)


def _still(tree: Element) -> None:
    """Empty the fields that would fetch something, and what is put in from other files."""
    for field in tree.iter(w("instrText")):
        if (field.text or "").strip().upper().startswith(_STARTS_ITSELF):
            field.text = ""
    _remove_all(tree, w("altChunk"))


def _remove_all(tree: Element, name: str) -> None:
    for element in list(tree.iter(name)):
        element.getparent().remove(element)


def _tree(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Refusal("broken") from None


def _entry(name: str) -> zipfile.ZipInfo:
    """The same bytes for the same document, whenever it is made."""
    entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
