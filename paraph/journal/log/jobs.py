"""Keeping the log: at every closing, and at least every ten seconds while something waits."""

from datetime import UTC, datetime

from paraph.journal.models import Unlogged
from paraph.kit.jobs import job

from . import publishing


@job(queue="log", priority=2)
def keep_log() -> None:
    """Sequence and publish the facts that wait, and sign a checkpoint over them."""
    if Unlogged.objects.exists():
        publishing.keep_log(at=datetime.now(UTC))
