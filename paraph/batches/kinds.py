"""The kinds of long work, and what each promises; every app writes its own in ``batches.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import Batch

Cursor = Any
"""How far a batch has come: whatever JSON its kind understands; nothing at the beginning."""


class UnknownKind(LookupError):
    """A stored batch names a kind that this release does not have."""


@dataclass(frozen=True)
class Stretch:
    """What one transaction's worth of work did."""

    done: int = 0
    """Rows looked at."""
    changed: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """What was left as it was, and the sentence that says why: ``(row, reason)``."""
    after: Cursor = None
    """Where the next stretch begins; nothing when the work is done."""


Step = Callable[["Batch", datetime], Stretch]
"""Does the next stretch from ``batch.cursor`` inside the transaction that keeps its outcome."""

Tick = Callable[[int], None]
"""Told how many rows are written so far; raises ``Cancelled`` when the owner has had enough."""

Write = Callable[["Batch", BinaryIO, Tick], None]
"""Writes a file from the beginning; after a crash it is called anew with an empty one."""


@dataclass(frozen=True)
class Kind:
    """One kind of long work: by stretches, or one that writes a file."""

    name: str
    title: str | Promise
    step: Step | None = None
    undo: Step | None = None
    write: Write | None = None
    is_whole: bool = False


KINDS: dict[str, Kind] = {}


def by_stretches(
    name: str, *, title: str | Promise, undo: Step | None = None, is_whole: bool = False
) -> Callable[[Step], Step]:
    """Make a function a kind of long work that goes on stretch by stretch.

    ``title`` is a lazy sentence for people: "Change the responsible". ``undo`` takes the same
    stretches back, from an empty cursor. Work that ``is_whole`` is done to its end or not at
    all: cancelled or failed on the way, it is taken back.
    """
    if is_whole and undo is None:
        raise TypeError(f"{name} cannot be whole: nothing says how to take it back.")

    def register(step: Step) -> Step:
        KINDS[name] = Kind(name, title, step=step, undo=undo, is_whole=is_whole)
        return step

    return register


def writing_a_file(name: str, *, title: str | Promise) -> Callable[[Write], Write]:
    """Make a function a kind of long work that ends in a file to download."""

    def register(write: Write) -> Write:
        KINDS[name] = Kind(name, title, write=write)
        return write

    return register


def find(name: str) -> Kind:
    """Return the kind of that name."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None
