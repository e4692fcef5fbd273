"""Whether the work is done: jobs, messages, and the public log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings

from paraph.journal.log.publishing import reader
from paraph.journal.models import LogCheckpoint, LogShard, Unlogged
from paraph.kit.beats import is_worked_on
from paraph.kit.jobs import engine
from paraph.messaging.holding import is_holding
from paraph.messaging.models import Message, MessageState
from paraph.tlog import tree
from paraph.tlog.notes import NotSigned, Verifier, opened
from paraph.tlog.tiles import TileDamaged

from .findings import Finding, fine, warning, wrong

LATE = timedelta(minutes=2)
VERIFY = "Run 'paraph log verify', and compare with the checkpoints in delivered files."


def of_jobs() -> Iterator[Finding]:
    """Whether somebody works, and nothing was given up."""
    if not is_worked_on():
        how = "a 'paraph worker'" if settings.IS_POSTGRESQL else "'paraph serve'"
        yield warning("Nobody works on jobs: nothing is sealed or sent.", mend=f"Start {how}.")
    if parked := engine().parked():
        yield warning(
            f"{len(parked)} jobs were given up, such as {parked[0].name}.",
            mend="'paraph jobs' lists them, 'paraph jobs --retry ID' tries one again.",
        )
    else:
        yield fine("No job was given up")


def of_messages() -> Iterator[Finding]:
    """Whether messages leave."""
    late = datetime.now(UTC) - LATE
    waiting = Message.objects.filter(state=MessageState.QUEUED, created_at__lt=late)
    failed = waiting.exclude(error="").order_by("-id").values_list("error", flat=True).first()
    if count := waiting.count():
        why = f" The last reason: {failed}" if failed else ""
        yield warning(f"{count} messages wait.{why}", mend="Look at Connections.")
    if is_holding():
        held = Message.objects.filter(state=MessageState.HELD).count()
        yield warning(
            f"{held} messages are held since a restore.",
            mend="Decide under Connections, or with 'paraph held'.",
        )
    if not count:
        yield fine("No message waits")


def of_log() -> Iterator[Finding]:
    """Whether the public log goes on, and its newest checkpoint fits what is published."""
    waiting = Unlogged.objects.filter(fact__at__lt=datetime.now(UTC) - LATE).count()
    if waiting:
        yield wrong(f"{waiting} facts wait for the log.", mend="Start what works on jobs.")
    for shard in LogShard.objects.all():
        yield from _of_shard(shard)


def _of_shard(shard: LogShard) -> Iterator[Finding]:
    newest = LogCheckpoint.objects.filter(shard=shard).order_by("size").last()
    try:
        said = opened(newest.note, by=Verifier.of(shard.public_key)) if newest else None
        root = tree.root(reader(shard, size=shard.published), size=shard.published)
    except (NotSigned, FileNotFoundError, TileDamaged) as damage:
        yield wrong(f"{shard.origin} is damaged: {damage}.", mend=VERIFY)
        return
    if said and (said.size, said.root) != (shard.published, root):
        yield wrong(f"{shard.origin} is not as it was signed.", mend=VERIFY)
    else:
        yield fine(f"{shard.origin}: {shard.published} entries lead to the newest checkpoint")
