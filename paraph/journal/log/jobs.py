"""Keeping the log: at every closing, and at least every ten seconds while something waits."""

from datetime import UTC, datetime

from django.db.models import F

from paraph.journal.models import LogShard, Unlogged
from paraph.kit.jobs import job

from . import publishing


@job(queue="log", priority=2)
def keep_log() -> None:
    """Sequence and publish the facts that wait, and sign a checkpoint over them.

    A worker that was killed on the way may have left facts that have a place and no checkpoint.
    """
    unpublished = LogShard.objects.filter(published__lt=F("size"))
    if Unlogged.objects.exists() or unpublished.exists():
        publishing.keep_log(at=datetime.now(UTC))
