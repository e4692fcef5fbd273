"""Where the checks find their files, and how they say what they found."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {".venv", "node_modules", "dist", "migrations", "var", "__pycache__"}


@dataclass(frozen=True)
class Violation:
    """One thing that a check refuses, and where it is."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        inside = self.path.is_relative_to(ROOT)
        return (
            f"{self.path.relative_to(ROOT) if inside else self.path}:{self.line}: {self.sentence}"
        )


def files(folder: Path, *patterns: str) -> Iterator[Path]:
    """Yield the files below a folder that are ours, in order."""
    found = {path for pattern in patterns for path in folder.rglob(pattern)}
    for path in sorted(found):
        if LEFT_OUT.isdisjoint(path.relative_to(folder).parts):
            yield path


def tell(violations: Iterable[Violation], *, checked: str) -> int:
    """Print what was found; the exit status of the check."""
    found = list(violations)
    for violation in found:
        print(violation)
    print(f"{checked}: {len(found)} refused" if found else f"{checked}: fine", file=sys.stderr)
    return 1 if found else 0
