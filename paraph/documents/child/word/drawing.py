"""Puts pictures and line breaks in the place of the signs that stood for them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .names import SPACE, w

Element = Any  # lxml comes without stubs
FIRST_SIGN = 0xF0000
"""Signs that no text has (a private plane of Unicode) stand for pictures, by their number."""
_EMU_PER_MM = 36_000
_DRAWING = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{id}" name="Picture {id}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="Picture {id}"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing>"""


@dataclass(frozen=True)
class Picture:
    """A PNG to be shown so wide, and what to say to whoever cannot see it."""

    content: bytes
    width_mm: float
    label: str

    @property
    def height_mm(self) -> float:
        width, height = struct.unpack(">II", self.content[16:24])
        return self.width_mm * int(height) / max(int(width), 1)


def sign_of(number: int) -> str:
    """Return the sign that stands for a picture until it is drawn."""
    return chr(FIRST_SIGN + number)


def draw(root: Element, show: Callable[[int], tuple[Picture, str]]) -> None:
    """Replace signs by pictures and line feeds by breaks; ``show`` relates a picture to the part.

    The number of a picture is answered by the picture and its relation.
    """
    last = 100_000  # above the numbers that Word gives to its own pictures
    for node in list(root.iter(w("t"))):
        text = node.text or ""
        if not any(_is_sign(letter) for letter in text):
            continue
        for piece in _pieces(text):
            last += 1
            node.addprevious(_made(piece, show, number=last))
        node.getparent().remove(node)


def _is_sign(letter: str) -> bool:
    return letter in "\n\t" or ord(letter) >= FIRST_SIGN


def _pieces(text: str) -> list[str]:
    """Cut text into stretches, each of plain text or of one sign."""
    pieces = [""]
    for letter in text:
        if _is_sign(letter):
            pieces += [letter, ""]
        else:
            pieces[-1] += letter
    return [piece for piece in pieces if piece]


def _made(piece: str, show: Callable[[int], tuple[Picture, str]], *, number: int) -> Element:
    if piece == "\n":
        return etree.Element(w("br"))
    if piece == "\t":
        return etree.Element(w("tab"))
    if ord(piece[0]) >= FIRST_SIGN:
        return _drawing(*show(ord(piece) - FIRST_SIGN), number=number)
    text = etree.Element(w("t"))
    text.text = piece
    text.set(SPACE, "preserve")
    return text


def _drawing(picture: Picture, relation: str, *, number: int) -> Element:
    drawing = etree.fromstring(
        _DRAWING.format(
            width=round(picture.width_mm * _EMU_PER_MM),
            height=round(picture.height_mm * _EMU_PER_MM),
            id=number,
            relation=relation,
        )
    )
    drawing[0][1].set("descr", picture.label)
    return drawing
