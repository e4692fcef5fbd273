"""Recomputing the whole log: every row, every tile, every checkpoint that was ever given out.

Somebody who may write to the database and the file store can change both; what they cannot
do is sign a checkpoint again. So each finding names the first index at which what is stored
no longer leads to what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from paraph.journal.events import EVENTS
from paraph.journal.models import Fact, LogCheckpoint, LogShard, Unlogged
from paraph.tlog import tree
from paraph.tlog.notes import NotSigned, Verifier, opened
from paraph.tlog.tiles import WIDTH, Tile, fold

from .looking import Look, looks, read


@dataclass(frozen=True)
class Finding:
    """Something in the log that is not as it was signed."""

    shard: int
    index: int
    what: str


def verify_log(*, witnessed: Sequence[str] = ()) -> list[Finding]:
    """Return what is wrong with the log, the first bad index of each shard; nothing is best.

    ``witnessed`` are checkpoints from outside, as every delivered file carries one: with them
    a log that was cut off behind its newest checkpoint is found as well.
    """
    findings = [finding for shard in LogShard.objects.all() for finding in _of(shard, witnessed)]
    return [*findings, *_left_out()]


def _of(shard: LogShard, witnessed: Sequence[str]) -> Iterator[Finding]:
    """Yield the shard's first finding."""
    findings = [*_of_links(shard), *_of_entries(shard, witnessed)]
    if findings:
        yield min(findings, key=lambda finding: finding.index)


def _of_entries(shard: LogShard, witnessed: Sequence[str]) -> Iterator[Finding]:
    """Walk the entries once, a tile at a time, up to the first that is wrong."""
    signed, forged = _signed(shard, witnessed)
    yield from (Finding(shard.number, 0, reason) for reason in forged)
    walk = _Walk(shard, signed)
    with closing(looks(shard)) as seen:
        for look in seen:
            if found := walk.take(look):
                yield found
                return
    yield from walk.ending()


class _Walk:
    """A walk along the entries of a shard, and what has been seen of it so far."""

    def __init__(self, shard: LogShard, signed: dict[int, bytes]) -> None:
        self._shard, self._signed = shard, signed
        self._sizes = sorted(signed, reverse=True)  # the next one last
        self._tiles = tree.Frontier()
        self._roots: list[bytes] = []
        self._size = self._proven = 0

    def take(self, look: Look) -> Finding | None:
        """Go on by one tile; return what is wrong with the first bad entry of it."""
        number, first = self._shard.number, self._size
        if look.first != first:
            return Finding(number, first, "an entry is missing")
        if look.bad:
            return Finding(number, first + look.bad[0], look.bad[1])
        leaves = tree.split(look.leaves)
        if found := self._signed_otherwise(leaves):
            return found
        self._size += len(leaves)
        if look.root:
            self._roots.append(look.root)
            self._tiles.append(look.root)
        return None

    def ending(self) -> Iterator[Finding]:
        """Say what is missing behind the last entry, and what is wrong above the leaves."""
        number = self._shard.number
        if self._sizes or self._size != self._shard.size:
            yield Finding(number, self._size, "the log ends before its newest checkpoint")
        elif reason := _damaged_above(self._shard, self._roots):
            yield Finding(number, 0, reason)

    def _signed_otherwise(self, leaves: Sequence[bytes]) -> Finding | None:
        """Compare with the checkpoints whose last entry is among these."""
        last = self._size + len(leaves)
        while self._sizes and self._sizes[-1] <= last:
            size = self._sizes.pop()
            if self._tiles.root(leaves[: size - self._size]) != self._signed[size]:
                reason = "the entries do not lead to the signed checkpoint"
                return Finding(self._shard.number, self._proven, reason)
            self._proven = size
        return None


def _damaged_above(shard: LogShard, below: Sequence[bytes]) -> str:
    """Say whether a tile above the leaves does not follow from those below."""
    level = 1
    while below:
        tiles = [below[at : at + WIDTH] for at in range(0, len(below), WIDTH)]
        for index, hashes in enumerate(tiles):
            tile = Tile(level, index, len(hashes))
            if read(shard, tile) != b"".join(hashes):
                return f"{tile.path} does not follow from the entries"
        below = [fold(b"".join(hashes)) for hashes in tiles if len(hashes) == WIDTH]
        level += 1
    return ""


def _signed(shard: LogShard, witnessed: Sequence[str]) -> tuple[dict[int, bytes], list[str]]:
    """Return the signed roots by size, and what is wrong with the checkpoints themselves."""
    by = Verifier.of(shard.public_key)
    roots: dict[int, bytes] = {}
    wrong = []
    for size, note in _notes(shard, by, witnessed):
        try:
            said = opened(note, by=by)
        except NotSigned:
            wrong.append("a checkpoint is not signed by the log")
            continue
        if size not in (None, said.size) or roots.setdefault(said.size, said.root) != said.root:
            wrong.append("two checkpoints contradict each other")
    if max(roots, default=0) != shard.published:
        wrong.append("the newest checkpoint is missing")
    return roots, wrong


def _notes(
    shard: LogShard, by: Verifier, witnessed: Sequence[str]
) -> Iterator[tuple[int | None, str]]:
    """Yield our own checkpoints with their sizes, and those from outside that are this log's."""
    kept = LogCheckpoint.objects.filter(shard=shard).order_by("size")
    yield from kept.values_list("size", "note").iterator()
    yield from ((None, note) for note in witnessed if note.startswith(f"{by.name}\n"))


def _of_links(shard: LogShard) -> Iterator[Finding]:
    """A shard after the first goes on from the last checkpoint of the one before."""
    before = LogShard.objects.filter(number=shard.number - 1).first()
    if before is None:
        if shard.number:
            yield Finding(shard.number, 0, "the log before this one is missing")
        return
    last = LogCheckpoint.objects.filter(shard=before).order_by("size").last()
    if shard.previous != (last.note if last else ""):
        yield Finding(shard.number, 0, "the log does not go on from the one before")


def _left_out() -> Iterator[Finding]:
    """Facts that belong into the log, and neither are in it nor wait for it."""
    logged = [name for name, event in EVENTS.items() if event.is_logged]
    waiting = Unlogged.objects.values("pk")
    lost = Fact.objects.filter(event__in=logged, entry=None).exclude(pk__in=waiting)
    for fact in lost.order_by("pk")[:1]:
        yield Finding(0, 0, f"{fact.event} of {fact.at:%Y-%m-%d %H:%M:%S} has no entry")
