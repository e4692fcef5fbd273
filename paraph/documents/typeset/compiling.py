"""From values to a PDF: runs Typst on a built-in template."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from django.conf import settings

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
# PDF/UA-1: tagged for whoever has the pages read aloud. PDF/A-3a: to be kept for decades, and may
# carry the invoice that machines read. veraPDF checks both in `make conformance`.
Standard = Literal["ua-1", "a-3a"]
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-3a")

_compiling = threading.Lock()


def typeset(name: str, content: Mapping[str, Any]) -> bytes:
    """Return ``<name>.typ`` as PDF; ``content`` is what the template reads (JSON)."""
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    with _compiling:
        made = _compiler(name).compile(sys_inputs=inputs, format="pdf", pdf_standards=[*STANDARDS])
    return cast(bytes, made)


@cache
def _compiler(name: str) -> typst.Compiler:
    """One kept compiler a template: it knows the fonts and the template already."""
    import typst  # only here: most web processes never make a document

    return typst.Compiler(
        str(FOLDER / f"{name}.typ"),
        root=str(FOLDER),
        font_paths=[str(settings.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"content": "{}"},
    )
