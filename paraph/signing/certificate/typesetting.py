"""From words to a page: runs Typst and learns where it left room for what acts fill in."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from django.conf import settings

if TYPE_CHECKING:
    import typst

# PDF/UA-1: tagged for whoever has the page read aloud. veraPDF checks it in `make conformance`.
ACCESSIBLE: Literal["ua-1"] = "ua-1"

_compiling = threading.Lock()


@dataclass(frozen=True)
class Room:
    """A place left empty: page from 1, box in points from the page's top left."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class Typeset:
    """A typeset PDF and the places in it that wait for values."""

    pdf: bytes
    rooms: tuple[Room, ...]


def typeset(content: Mapping[str, Any]) -> Typeset:
    """Typeset the certificate; ``content`` is what page.typ reads (JSON)."""
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    with _compiling:
        compiler = _compiler()
        pdf = cast(
            bytes, compiler.compile(sys_inputs=inputs, format="pdf", pdf_standards=[ACCESSIBLE])
        )
        found = json.loads(compiler.query("<slot>", field="value"))
    return Typeset(pdf, tuple(Room(**place) for place in found))


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One kept compiler: it knows the fonts and the template already."""
    import typst  # only here: web processes never make a certificate

    folder = Path(__file__).parent
    return typst.Compiler(
        str(folder / "page.typ"),
        root=str(folder),
        font_paths=[str(settings.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"content": "{}"},
    )
