"""Publishing the log: its tiles as plain files, and checkpoints signed over them.

Tiles are made from entries that are committed and never change, so making them again after
a crash writes the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F

from paraph.journal.models import Fact, LogCheckpoint, LogEntry, LogShard
from paraph.kit import db, files
from paraph.kit.faults import fault_point
from paraph.tlog import tree
from paraph.tlog.notes import Checkpoint, sign
from paraph.tlog.proofs import Proof
from paraph.tlog.tiles import WIDTH, Tile, TileReader, bundle, fold, tiles_between

from . import keys
from .sequencing import open_shard, sequence


def keep_log(*, at: datetime) -> LogCheckpoint:
    """Sequence what waits, publish it, and return the newest checkpoint over it."""
    shard = sequence(at=at)
    fault_point("log-after-sequence")
    _publish(at=at)
    return LogCheckpoint.objects.select_related("shard").filter(shard=shard).latest("size")


def begin_anew(*, at: datetime) -> LogShard:
    """Go on in a new log after a restore: the old one ends where it was last seen, and is never
    signed again, so that it cannot contradict what the first installation has added since.

    A restore that was killed does this again for the same moment, and goes on in the same log.
    """
    _publish(at=at)
    if not LogShard.objects.filter(opened_at=at).exists():
        open_shard(at=at)
    return keep_log(at=at).shard


def _publish(*, at: datetime) -> None:
    """Publish what has a place and no checkpoint yet.

    Its entries were committed in this order, so whoever signs over them signs the same.
    """
    for behind in LogShard.objects.filter(published__lt=F("size")).order_by("number"):
        note = _published(behind)
        fault_point("log-after-tiles")
        _keep_checkpoint(behind, note=note, size=behind.size, at=at)
        fault_point("log-after-checkpoint")


def proofs_of(facts: Iterable[Fact], *, under: LogCheckpoint) -> dict[int, Proof]:
    """Prove that facts are in the log under a checkpoint, by their ids; others are left out."""
    return proven(entries_of({fact.pk for fact in facts}), under=under)


def covering(facts: Iterable[Fact]) -> LogCheckpoint | None:
    """Return the first checkpoint under which all of these facts lie that are in the log."""
    return checkpoint_over(entries_of({fact.pk for fact in facts}))


def entries_of(facts: Collection[int]) -> list[LogEntry]:
    """Return the places of these facts in the log, as far as they have one."""
    rows = LogEntry.objects.filter(**{"fact__pk__listed": [*facts]})
    return list(rows.select_related("shard"))


def proven(entries: Iterable[LogEntry], *, under: LogCheckpoint) -> dict[int, Proof]:
    """Prove the entries that lie under a checkpoint, by the ids of their facts."""
    hashes = reader(under.shard, size=under.size)
    return {
        entry.pk: Proof(
            entry.index,
            tuple(tree.inclusion_proof(hashes, index=entry.index, size=under.size)),
            under.note,
        )
        for entry in entries
        if entry.shard_id == under.shard_id and entry.index < under.size
    }


def checkpoint_over(entries: Collection[LogEntry]) -> LogCheckpoint | None:
    """Return the first checkpoint under which all of these entries lie; nothing for none."""
    if not entries:
        return None
    last = max(entries, key=lambda entry: (entry.shard.number, entry.index))
    over = LogCheckpoint.objects.filter(shard=last.shard_id, size__gt=last.index)
    return over.select_related("shard").order_by("size").first()


def reader(shard: LogShard, *, size: int) -> TileReader:
    """Read the hashes of a published tree."""
    return TileReader(size, lambda tile: read_tile(shard, tile))


def read_tile(shard: LogShard, tile: Tile) -> bytes:
    """Return a tile's hashes; a partial one may have become part of a full one."""
    try:
        return files.published(address(shard, tile.path))
    except FileNotFoundError:
        whole = files.published(address(shard, Tile(tile.level, tile.index).path))
        return whole[: tile.width * tree.HASH_BYTES]


def address(shard: LogShard, path: str) -> str:
    """Return where a file of the log lies in the file store."""
    return f"log/{shard.number}/{path}"


def _published(shard: LogShard) -> str:
    """Write every tile that the log has grown by, upwards; return the signed checkpoint."""
    for tile in tiles_between(shard.published, shard.size):
        if tile.level == 0:
            entries = _entries(shard, tile)
            files.publish(address(shard, tile.entries_path), bundle(entries))
            content = b"".join(map(tree.leaf_hash, entries))
        else:
            content = _summary(shard, tile)
        files.publish(address(shard, tile.path), content)
    root = tree.root(reader(shard, size=shard.size), size=shard.size)
    return sign(Checkpoint(shard.origin, shard.size, root), key=keys.opened(shard))


def _entries(shard: LogShard, tile: Tile) -> list[bytes]:
    """Return the entries under a tile of level 0: the commitments to their facts."""
    first = tile.index * WIDTH
    rows = LogEntry.objects.filter(
        shard=shard, index__gte=first, index__lt=first + tile.width
    ).order_by("index")
    return [bytes.fromhex(known) for known in rows.values_list("fact__commitment", flat=True)]


def _summary(shard: LogShard, tile: Tile) -> bytes:
    """Return a tile of a higher level: what it had, and the roots of the tiles below since."""
    first = tile.index * WIDTH
    known = min(max((shard.published >> (8 * tile.level)) - first, 0), tile.width)
    before = Tile(tile.level, tile.index, known)
    hashes = [read_tile(shard, before)] if known else []
    for below in range(first + known, first + tile.width):
        hashes.append(fold(read_tile(shard, Tile(tile.level - 1, below))))
    return b"".join(hashes)


@db.joining
def _keep_checkpoint(shard: LogShard, *, note: str, size: int, at: datetime) -> None:
    """Keep a checkpoint before it is given out, unless another worker was first."""
    shard.lock()
    if shard.published >= size:
        return
    LogCheckpoint.objects.create(shard=shard, size=size, note=note, at=at)
    shard.published = size
    shard.save(update_fields=["published"])
