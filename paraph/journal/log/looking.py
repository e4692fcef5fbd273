"""Looking at the entries of a log, a tile at a time: each row by itself, and what was published
of it. Nothing here knows what came before a tile, so several processes share the work.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from django.db import connection, connections
from django.db.models import TextField
from django.db.models.functions import Cast

from paraph.journal.models import LogEntry, LogShard
from paraph.kit import files
from paraph.tlog import tree
from paraph.tlog.tiles import WIDTH, Tile, TileDamaged, bundle, entries_of, fold

from .publishing import address, read_tile

ROWS_AT_ONCE = 5000
SPAN = 64 * WIDTH
WORTH_SHARING = 100_000
"""From so many entries on, starting processes costs less than it saves."""


class Look(NamedTuple):
    """What was seen of one tile: where it begins, the hashes of its entries, their common root
    if it is full, and the place in it and the reason of what is wrong."""

    first: int
    leaves: bytes
    root: bytes
    bad: tuple[int, str] | None


Span = tuple[int, int, int | None]
"""A shard by its key, and from where to where its entries are looked at."""

Row = tuple[int, str, str, str, str, int | None, bytes | None, str | None]
"""An entry as the database has it, with the fact it is about: its place, the commitment, the
event, its moment, who did it (kind and number), and unless it is erased salt and text."""


def looks(shard: LogShard, *, share_from: int = WORTH_SHARING) -> Generator[Look]:
    """Yield what is seen of each tile, in order; a long log is looked at by every processor."""
    starts = range(0, max(shard.size, 1), SPAN)
    spans: list[Span] = [(shard.pk, at, at + SPAN) for at in starts]
    spans[-1] = (*spans[-1][:2], None)  # with whatever somebody has put behind the end
    if shard.size < share_from or not _may_share():
        for span in spans:
            yield from _looked(span)
        return
    connections.close_all()  # none may be in two processes
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for seen in pool.imap(_looked_together, spans):
            yield from seen


def _may_share() -> bool:
    """Another process sees only what is committed, and is like this one only without threads."""
    is_alone = threading.active_count() == 1 and (os.cpu_count() or 1) > 1
    return is_alone and not connection.in_atomic_block


def _looked_together(span: Span) -> list[Look]:
    return list(_looked(span))


def _looked(span: Span) -> Iterator[Look]:
    shard = LogShard.objects.get(pk=span[0])
    for first, rows in _by_tiles(shard, span):
        yield _look(shard, rows, first=first)


def _look(shard: LogShard, rows: Sequence[Row], *, first: int) -> Look:
    entries, reason = _entries(rows, first=first)
    leaves = tree.leaf_hashes(entries)
    bad = (len(entries), reason) if reason else None
    bad = _published_otherwise(shard, entries, leaves, first=first) or bad
    joined = b"".join(leaves)
    return Look(first, joined, fold(joined) if len(leaves) == WIDTH else b"", bad)


def _published_otherwise(
    shard: LogShard, entries: Sequence[bytes], leaves: Sequence[bytes], *, first: int
) -> tuple[int, str] | None:
    """Compare with the published files; return the first place that differs."""
    width = min(WIDTH, shard.published - first)
    if width <= 0:
        return None
    tile = Tile(0, first // WIDTH, width)
    hashes = read(shard, tile)
    if hashes != b"".join(leaves[:width]):
        same = _alike(leaves[:width], tree.split(hashes))
        if same < min(width, len(leaves)):
            return same, f"{tile.path} has another hash"
    published = _bundled(shard, tile)
    if published != bundle(entries[:width]):
        same = _alike(entries[:width], _entries_in(published))
        if same < min(width, len(entries)):
            return same, f"{tile.entries_path} has another entry"
    return None


def _by_tiles(shard: LogShard, span: Span) -> Iterator[tuple[int, list[Row]]]:
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
    _shard, first, end = span
    entries = LogEntry.objects.filter(shard=shard, index__gte=first).order_by("index")
    entries = entries if end is None else entries.filter(index__lt=end)
    # As text a moment costs nothing to read; both databases write it in UTC.
    told = entries.annotate(moment=Cast("fact__at", TextField())).values_list(*columns)
    rows = told.iterator(chunk_size=ROWS_AT_ONCE)
    while tile := list(islice(rows, WIDTH)):
        yield first, tile
        first += WIDTH


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


def read(shard: LogShard, tile: Tile) -> bytes:
    """Return a published tile; nothing where it is missing."""
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
