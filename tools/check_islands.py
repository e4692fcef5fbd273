"""Refuse an island file that is not exactly one custom element of the same name."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT, Violation, files, tell

DEFINED = re.compile(r"\b(?:customElements\.)?define\(\s*[\"']([\w-]+)[\"']")


def violations(root: Path) -> Iterator[Violation]:
    """Yield every island below ``frontend/islands`` that breaks the rule."""
    for path in files(root / "frontend" / "islands", "*.ts"):
        names = DEFINED.findall(path.read_text(encoding="utf-8"))
        if len(names) != 1:
            yield Violation(path, 1, f"defines {len(names)} custom elements; an island is one.")
        elif names[0] != path.stem:
            yield Violation(path, 1, f"defines <{names[0]}>; the file's name says <{path.stem}>.")


if __name__ == "__main__":
    sys.exit(tell(violations(ROOT), checked="islands"))
