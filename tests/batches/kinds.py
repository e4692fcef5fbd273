"""Kinds of long work that only tests know."""

from datetime import datetime
from typing import BinaryIO

from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch

ROWS = 7
seen: list[int] = []
taken_back: list[int] = []
trouble: list[str] = []


def forget() -> None:
    """Begin anew."""
    for kept in (seen, taken_back, trouble):
        kept.clear()


def _take_back(batch: Batch, at: datetime) -> Stretch:
    taken_back.extend(seen)
    return Stretch(done=len(seen))


@by_stretches("tests.look", title="Look at rows", undo=_take_back)
def look(batch: Batch, at: datetime) -> Stretch:
    """Look at three rows a stretch; the row numbered 5 is refused."""
    if trouble:
        raise ArithmeticError(trouble.pop())
    first = batch.cursor or 0
    rows = range(first, min(first + 3, ROWS))
    seen.extend(rows)
    refused = [("Row 5", "It is odd.") for row in rows if row == 5]
    after = rows[-1] + 1 if rows[-1] + 1 < ROWS else None
    return Stretch(len(rows), len(rows) - len(refused), refused, after)


@writing_a_file("tests.write", title="Write rows")
def write(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the rows, one a line."""
    for row in range(ROWS):
        file.write(b"%d\n" % row)
        tick(row + 1)


@by_stretches("tests.whole", title="Look at all rows or none", undo=_take_back, is_whole=True)
def look_at_all(batch: Batch, at: datetime) -> Stretch:
    """Look at three rows a stretch, and forget them if it does not come to its end."""
    return look(batch, at)
