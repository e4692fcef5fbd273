"""What a check found, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    FINE = "fine"
    WARNING = "warning"  # works, and is not as it should be
    WRONG = "wrong"  # something does not work


@dataclass(frozen=True)
class Finding:
    """One answer: what was looked at, how it is, and what to do about it."""

    level: Level
    says: str
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def fine(says: str) -> Finding:
    """All is well."""
    return Finding(Level.FINE, says)


def warning(says: str, *, mend: str) -> Finding:
    """It works, and should be mended."""
    return Finding(Level.WARNING, says, mend)


def wrong(says: str, *, mend: str) -> Finding:
    """It does not work."""
    return Finding(Level.WRONG, says, mend)
