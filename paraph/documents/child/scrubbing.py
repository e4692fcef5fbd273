"""Walks everything a PDF can still reach and takes out what acts, embeds or points elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from paraph.kit.child.refusing import Refusal

from .annotations import is_harmless

MOST_OBJECTS = 1_000_000
_CODES = {
    "/AA": "actions",
    "/PA": "actions",
    "/OpenAction": "actions",
    "/JS": "scripts",
    "/XFA": "xfa",
    "/EF": "attachments",
    "/AF": "attachments",
    "/RichMediaContent": "media",
    "/Alternates": "alternates",
    "/OPI": "external",
    "/PieceInfo": "",
    "/Thumb": "",
    "/LastModified": "",
}
_EXTERNAL = ("/F", "/FFilter", "/FDecodeParms")


def scrub(pdf: pikepdf.Pdf) -> set[str]:
    """Clean every object in reach, and return the codes of what went."""
    removed: set[str] = set()
    for node in _reachable(pdf):
        removed |= {_CODES[key] for key in _CODES if key in node}
        for key in [key for key in _CODES if key in node]:
            del node[key]
        _forget_annotation(node)
        removed |= _action(node)
        removed |= _external(node)
    return removed - {""}


def _reachable(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Yield each dictionary and stream once, before its entries are followed."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [pdf.trailer]
    for _step in range(MOST_OBJECTS):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, Object) and node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        if isinstance(node, Dictionary | Stream):
            yield node
            waiting += [value for _key, value in node.items() if isinstance(value, Object)]
        elif isinstance(node, Array):
            waiting += [value for value in node if isinstance(value, Object)]
    raise Refusal("too-complex")


def _forget_annotation(node: Object) -> None:
    """The page's structure may still lead to a form field that is drawn by now, values and all."""
    target = node.get("/Obj") if node.get("/Type") == Name.OBJR else None
    if isinstance(target, Dictionary) and target.get("/Subtype") != Name.Link:
        del node["/Obj"]


def _action(node: Object) -> set[str]:
    """Keep an action that leads somewhere; never one that follows it."""
    action = node.get("/A")
    if not isinstance(action, Dictionary) or "/S" not in action:
        return set()
    if is_harmless(action):
        chained = "/Next" in action
        if chained:
            del action["/Next"]
        return {"actions"} if chained else set()
    is_script = "/JS" in action
    del node["/A"]
    return {"scripts" if is_script else "actions"}


def _external(node: Object) -> set[str]:
    """A stream kept in another file, a page borrowed from one, or PostScript for a printer."""
    if not isinstance(node, Stream):
        return set()
    keys = [key for key in _EXTERNAL if key in node]
    if node.get("/Subtype") == Name.Form and "/Ref" in node:
        keys.append("/Ref")
    if node.get("/Subtype") == Name.PS:
        node.write(b"")
        node.Subtype, keys = Name.Form, [*keys]
        node.BBox = Array([0, 0, 1, 1])
    for key in keys:
        del node[key]
    return {"external"} if keys else set()
