"""Recomputing the whole log: every row, every tile, every checkpoint that was ever given out.

Somebody who may write to the database and the file store can change both; what they cannot
do is sign a checkpoint again. So each finding names the first index at which what is stored
no longer leads to what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from paraph.journal.events import EVENTS
from paraph.journal.models import Fact, LogCheckpoint, LogEntry, LogShard, Unlogged
from paraph.kit import files
from paraph.tlog import tree
from paraph.tlog.notes import NotSigned, Verifier, opened
from paraph.tlog.tiles import WIDTH, Tile, TileDamaged, entries_of

from .publishing import address, read_tile

ROWS_AT_ONCE = 5000


@dataclass(frozen=True)
class Finding:
    """Something in the log that is not as it was signed."""

    shard: int
    index: int
    what: str


class Row(NamedTuple):
    """An entry as the database has it, with the fact it is about."""

    place: int
    commitment: str
    event: str
    at: datetime
    actor_kind: str
    actor_id: int | None
    salt: bytes | None
    canonical: str | None


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
    """Walk the entries once, up to the first that is wrong."""
    signed, forged = _signed(shard, witnessed)
    yield from (Finding(shard.number, 0, reason) for reason in forged)
    store, frontier, proven = _Store(shard), tree.Frontier(), 0
    for row in _rows(shard):
        if reason := _wrong(row, frontier.size) or store.differs(row):
            yield Finding(shard.number, frontier.size, reason)
            return
        frontier.append(tree.leaf_hash(bytes.fromhex(row.commitment)))
        if (root := signed.pop(frontier.size, None)) is not None:
            if root != frontier.root():
                reason = "the entries do not lead to the signed checkpoint"
                yield Finding(shard.number, proven, reason)
                return
            proven = frontier.size
    if signed or frontier.size != shard.size:
        yield Finding(shard.number, frontier.size, "the log ends before its newest checkpoint")
    elif reason := store.damaged_above():
        yield Finding(shard.number, 0, reason)


def _rows(shard: LogShard) -> Iterator[Row]:
    columns = (
        "index",
        "fact__commitment",
        "fact__event",
        "fact__at",
        "fact__actor_kind",
        "fact__actor_id",
        "fact__payload__salt",
        "fact__payload__canonical",
    )
    entries = LogEntry.objects.filter(shard=shard).order_by("index")
    return map(Row._make, entries.values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE))


def _wrong(row: Row, expected: int) -> str:
    """Say what is wrong with a row by itself; an erased fact has only its commitment."""
    if row.place != expected:
        return "an entry is missing"
    if row.canonical is None or row.salt is None:
        return ""
    if sha256(bytes(row.salt) + row.canonical.encode()).hexdigest() != row.commitment:
        return "a fact does not say what was committed to"
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    actor = "null" if row.actor_id is None else row.actor_id
    is_same = row.canonical.startswith(f'{{"actor":{{"id":{actor},"kind":"{row.actor_kind}",')
    if not is_same or f',"at":"{moment}","event":"{row.event}","facts":' not in row.canonical:
        return "a fact's row differs from what it says"
    return ""


class _Store:
    """The published files of a shard, read along with the rows."""

    def __init__(self, shard: LogShard) -> None:
        self._shard = shard
        self._hashes: bytes = b""
        self._entries: list[bytes] = []
        self._tiles: list[bytes] = []

    def differs(self, row: Row) -> str:
        """Say whether the published files have another entry in this place, or none."""
        if row.place >= self._shard.published:
            return ""
        within = row.place % WIDTH
        if within == 0 and (reason := self._turn(row.place // WIDTH)):
            return reason
        entry = bytes.fromhex(row.commitment)
        start = within * tree.HASH_BYTES
        if self._hashes[start : start + tree.HASH_BYTES] != tree.leaf_hash(entry):
            return "the published tile has another hash"
        if within >= len(self._entries) or self._entries[within] != entry:
            return "the published bundle has another entry"
        return ""

    def damaged_above(self) -> str:
        """Say whether a tile above the leaves does not follow from those below."""
        level, below = 1, self._tiles
        while below := [tree.root_of(_split(t)) for t in below if len(t) == WIDTH * 32]:
            width = range(0, len(below), WIDTH)
            tiles = [b"".join(below[at : at + WIDTH]) for at in width]
            for index, content in enumerate(tiles):
                tile = Tile(level, index, len(content) // tree.HASH_BYTES)
                if self._read(tile) != content:
                    return f"{tile.path} does not follow from the entries"
            below, level = tiles, level + 1
        return ""

    def _turn(self, index: int) -> str:
        """Go on to the next tile and bundle."""
        tile = Tile(0, index, min(WIDTH, self._shard.published - index * WIDTH))
        self._hashes = self._read(tile)
        self._tiles.append(self._hashes)
        try:
            bundle = files.published(address(self._shard, tile.entries_path))
            self._entries = entries_of(bundle)
        except (FileNotFoundError, TileDamaged):
            return f"{tile.entries_path} is missing or damaged"
        return "" if self._hashes else f"{tile.path} is missing"

    def _read(self, tile: Tile) -> bytes:
        try:
            return read_tile(self._shard, tile)
        except FileNotFoundError:
            return b""


def _split(hashes: bytes) -> Iterator[bytes]:
    return (hashes[at : at + tree.HASH_BYTES] for at in range(0, len(hashes), tree.HASH_BYTES))


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
