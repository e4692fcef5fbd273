"""Giving facts their place in the log: one sequencer at a time, in the order it sees them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from paraph.journal.actors import SYSTEM
from paraph.journal.models import LogCheckpoint, LogEntry, LogShard, Unlogged
from paraph.journal.recording import record
from paraph.kit import db
from paraph.tlog.notes import Verifier

from . import keys
from .events import LogOpened

MOST_AT_ONCE = 1000


@db.joining
def sequence(*, at: datetime) -> LogShard:
    """Append the facts that wait to the log, and return its shard as it is then."""
    shard = _held(at=at)
    waiting = Unlogged.objects.order_by("pk").values_list("pk", flat=True)
    while found := list(waiting[:MOST_AT_ONCE]):
        _append(shard, found)
    return shard


@db.transaction
def open_shard(*, at: datetime) -> LogShard:
    """Go on in a new log with a key of its own: after a restore, so that the old never forks."""
    last = LogShard.objects.order_by("number").last()
    return _open(last, at=at)


@db.transaction_required
def _held(*, at: datetime) -> LogShard:
    """Hold the newest shard; two first starts agree on one."""
    shard = LogShard.objects.order_by("number").last() or _open(None, at=at)
    shard.lock()
    return shard


@db.transaction_required
def _open(last: LogShard | None, *, at: datetime) -> LogShard:
    number = last.number + 1 if last else 0
    home = urlsplit(settings.PARAPH_URL)
    origin = f"{home.netloc}{home.path}/log/{number}"
    key = Ed25519PrivateKey.generate()
    public = str(Verifier(origin, key.public_key().public_bytes_raw()))
    previous = LogCheckpoint.objects.filter(shard=last).order_by("size").last()
    note = previous.note if previous else ""
    shard = LogShard.objects.create(
        number=number,
        origin=origin,
        public_key=public,
        sealed_key=keys.sealed(key, origin=origin),
        previous=note,
        opened_at=at,
    )
    opened = LogOpened(number=number, public_key=public, previous=note)
    _append(shard, [record(opened, by=SYSTEM, at=at).pk])
    return shard


@db.transaction_required
def _append(shard: LogShard, facts: list[int]) -> None:
    LogEntry.objects.bulk_create(
        LogEntry(fact_id=fact, shard=shard, index=index)
        for index, fact in enumerate(facts, start=shard.size)
    )
    Unlogged.objects.filter(pk__in=facts).delete()
    shard.size += len(facts)
    shard.save(update_fields=["size"])
