"""Compile the translation catalogues, so that GNU gettext is not needed to install Paraph."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.source import ROOT, files


def compile_catalogues(folder: Path) -> list[Path]:
    """Write the ``.mo`` beside every ``.po``; return what was written."""
    return [_compile(path) for path in files(folder, "*.po")]


def _compile(path: Path) -> Path:
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name)
    compiled = path.with_suffix(".mo")
    with compiled.open("wb") as target:
        write_mo(target, catalogue)
    return compiled


if __name__ == "__main__":
    count = len(compile_catalogues(ROOT / "paraph"))
    print(f"{count} catalogues compiled", file=sys.stderr)
