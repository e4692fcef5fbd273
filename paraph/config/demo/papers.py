"""The demo's documents, typeset in three languages."""

import json
from pathlib import Path

import typst
from django.conf import settings

FOLDER = Path(__file__).parent / "papers"


def typeset(name: str, language: str, **words: str) -> bytes:
    """Return ``papers/<name>.typ`` as PDF, in one language of ``papers/<name>.json``."""
    texts = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))[language]
    inputs = {"texts": json.dumps(texts | words), "language": language}
    return bytes(
        typst.compile(
            str(FOLDER / f"{name}.typ"), font_paths=[str(settings.FONTS)], sys_inputs=inputs
        )
    )
