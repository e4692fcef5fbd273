"""What a person had before their eyes when they began to edit, so that nothing goes unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import zip_longest
from typing import ClassVar

from .errors import Refused

_LETTERS = 8


class ChangedMeanwhile(Refused):
    """Somebody else edited the row after it was shown; ``fields`` are those they changed."""

    code: ClassVar[str] = "changed-meanwhile"

    def __init__(self, reasons: str | Sequence[str] = (), *, fields: Sequence[str] = ()) -> None:
        super().__init__(reasons)
        self.fields = list(fields)


def look_of(row: object, *, fields: Iterable[str]) -> str:
    """Return a few letters for each value, for the form that shows them to bring back."""
    return " ".join(_mark(getattr(row, field)) for field in fields)


def changed_since(seen: str, row: object, *, fields: Sequence[str]) -> list[str]:
    """Return the fields that are not any more what they were when this look was taken."""
    now = look_of(row, fields=fields).split(" ")
    pairs = zip_longest(fields, seen.split(" ")[: len(fields)], now, fillvalue="")
    return [field for field, before, after in pairs if before != after]


def _mark(value: object) -> str:
    """Rows differ by their keys: two people may have one name."""
    told = str(getattr(value, "pk", value) if value is not None else "")
    return sha256(told.encode()).hexdigest()[:_LETTERS]
