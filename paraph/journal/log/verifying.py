"""Recomputing the whole log: every row, every tile, every checkpoint that was ever given out.

Somebody who may write to the database and the file store can change both; what they cannot
do is sign a checkpoint again. So each finding names the first index at which what is stored
no longer leads to what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from django.db.models import TextField
from django.db.models.functions import Cast

from paraph.journal.events import EVENTS
from paraph.journal.models import Fact, LogCheckpoint, LogEntry, LogShard, Unlogged
from paraph.kit import files
from paraph.tlog import tree
from paraph.tlog.notes import NotSigned, Verifier, opened
from paraph.tlog.tiles import WIDTH, Tile, TileDamaged, bundle, entries_of, fold

from .publishing import address, read_tile

ROWS_AT_ONCE = 5000


@dataclass(frozen=True)
class Finding:
    """Something in the log that is not as it was signed."""

    shard: int
    index: int
    what: str


Row = tuple[int, str, str, str, str, int | None, bytes | None, str | None]
"""An entry as the database has it, with the fact it is about: its place, the commitment, the
event, its moment, who did it (kind and number), and unless it is erased salt and text."""


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
    for rows in _by_tiles(shard):
        if found := walk.take(rows):
            yield found
            return
    yield from walk.ending()


class _Walk:
    """A walk along the entries of a shard, and what has been seen of it so far."""

    def __init__(self, shard: LogShard, signed: dict[int, bytes]) -> None:
        self._shard, self._signed = shard, signed
        self._tiles = tree.Frontier()
        self._roots: list[bytes] = []
        self._size = self._proven = 0

    def take(self, rows: Sequence[Row]) -> Finding | None:
        """Go on by the rows of one tile; return what is wrong with the first bad one."""
        first = self._size
        entries, reason = _entries(rows, first=first)
        leaves = tree.leaf_hashes(entries)
        bad = (len(entries), reason) if reason else None
        bad = self._published_otherwise(entries, leaves) or bad
        if bad:
            return Finding(self._shard.number, first + bad[0], bad[1])
        if found := self._signed_otherwise(leaves):
            return found
        self._keep(leaves)
        return None

    def ending(self) -> Iterator[Finding]:
        """Say what is missing behind the last entry, and what is wrong above the leaves."""
        number = self._shard.number
        if self._signed or self._size != self._shard.size:
            yield Finding(number, self._size, "the log ends before its newest checkpoint")
        elif reason := _damaged_above(self._shard, self._roots):
            yield Finding(number, 0, reason)

    def _published_otherwise(
        self, entries: Sequence[bytes], leaves: Sequence[bytes]
    ) -> tuple[int, str] | None:
        """Compare with the published files; return the first place that differs."""
        width = min(WIDTH, self._shard.published - self._size)
        if width <= 0:
            return None
        tile = Tile(0, self._size // WIDTH, width)
        hashes = _read(self._shard, tile)
        if hashes != b"".join(leaves[:width]):
            same = _alike(leaves[:width], tree.split(hashes))
            if same < min(width, len(leaves)):
                return same, f"{tile.path} has another hash"
        published = _bundled(self._shard, tile)
        if published != bundle(entries[:width]):
            same = _alike(entries[:width], _entries_in(published))
            if same < min(width, len(entries)):
                return same, f"{tile.entries_path} has another entry"
        return None

    def _signed_otherwise(self, leaves: Sequence[bytes]) -> Finding | None:
        """Compare with the checkpoints whose last entry is among these."""
        last = self._size + len(leaves)
        for size in sorted(size for size in self._signed if self._size < size <= last):
            if self._tiles.root(leaves[: size - self._size]) != self._signed.pop(size):
                reason = "the entries do not lead to the signed checkpoint"
                return Finding(self._shard.number, self._proven, reason)
            self._proven = size
        return None

    def _keep(self, leaves: Sequence[bytes]) -> None:
        self._size += len(leaves)
        if len(leaves) == WIDTH:
            self._roots.append(fold(b"".join(leaves)))
            self._tiles.append(self._roots[-1])


def _by_tiles(shard: LogShard) -> Iterator[list[Row]]:
    columns = (
        "index",
        "fact__commitment",
        "fact__event",
        "moment",
        "fact__actor_kind",
        "fact__actor_id",
        "fact__payload__salt",
        "fact__payload__canonical",
    )
    entries = LogEntry.objects.filter(shard=shard).order_by("index")
    # As text a moment costs nothing to read; both databases write it in UTC.
    told = entries.annotate(moment=Cast("fact__at", TextField())).values_list(*columns)
    rows = told.iterator(chunk_size=ROWS_AT_ONCE)
    while tile := list(islice(rows, WIDTH)):
        yield tile


def _entries(rows: Sequence[Row], *, first: int) -> tuple[list[bytes], str]:
    """Return the entries up to the first row that is wrong by itself, and what is wrong there.

    Written for speed: this is asked of every row there is. An erased fact has only its
    commitment.
    """
    entries: list[bytes] = []
    for expected, row in enumerate(rows, start=first):
        place, committed, event, at, kind, actor, salt, canonical = row
        if place != expected:
            return entries, "an entry is missing"
        try:
            entry = bytes.fromhex(committed)
        except ValueError:
            entry = b""
        if entry.hex() != committed:
            return entries, "a commitment is none"
        if canonical is not None and salt is not None:
            if sha256(b"%b%b" % (salt, canonical.encode())).digest() != entry:
                return entries, "a fact does not say what was committed to"
            if not canonical.startswith(_actor(kind, actor)) or _told(at, event) not in canonical:
                return entries, "a fact's row differs from what it says"
        entries.append(entry)
    return entries, ""


@lru_cache(maxsize=1000)
def _actor(kind: str, number: int | None) -> str:
    """Return how the text of a fact begins that this actor brought about."""
    return f'{{"actor":{{"id":{"null" if number is None else number},"kind":"{kind}",'


def _told(at: str, event: str) -> str:
    """Return what the text of a fact says of its moment, which a database casts to ``at``."""
    second, _point, fraction = at.removesuffix("+00").partition(".")
    return f',"at":"{second[:10]}T{second[11:]}.{fraction:0<6}Z","event":"{event}","facts":'


def _alike(ours: Sequence[bytes], theirs: Sequence[bytes]) -> int:
    """Return how many of the first ones are the same in both."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    shorter = min(len(ours), len(theirs))
    return next((at for at, (one, other) in pairs if one != other), shorter)


def _read(shard: LogShard, tile: Tile) -> bytes:
    try:
        return read_tile(shard, tile)
    except FileNotFoundError:
        return b""


def _bundled(shard: LogShard, tile: Tile) -> bytes:
    try:
        return files.published(address(shard, tile.entries_path))
    except FileNotFoundError:
        return b""


def _entries_in(published: bytes) -> Sequence[bytes]:
    try:
        return entries_of(published)
    except TileDamaged:
        return []


def _damaged_above(shard: LogShard, below: Sequence[bytes]) -> str:
    """Say whether a tile above the leaves does not follow from those below."""
    level = 1
    while below:
        tiles = [below[at : at + WIDTH] for at in range(0, len(below), WIDTH)]
        for index, hashes in enumerate(tiles):
            tile = Tile(level, index, len(hashes))
            if _read(shard, tile) != b"".join(hashes):
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
