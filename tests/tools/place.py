"""A little repository of its own for each test of a check."""

from collections.abc import Iterable
from pathlib import Path

from tools.source import Violation


def put(root: Path, name: str, text: str) -> Path:
    """Write a file below the little repository."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sentences(violations: Iterable[Violation]) -> list[str]:
    """Return what was said, without where."""
    return [violation.sentence for violation in violations]
