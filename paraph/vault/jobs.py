"""The background work of the vault."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from paraph.kit import db
from paraph.kit.jobs import enqueue, job
from paraph.signing.models import Envelope

from .actions.destroying import destroy_due
from .actions.filing import follow_envelope, keep_signed, keep_words
from .actions.sweeping import sweep_file
from .models import Doomed, SignedFile, TextState
from .reading import pages_of

READ_AFTER = timedelta(seconds=10)
"""Whoever waits for the signed file comes first; the index reads it afterwards."""
GIVE_WAY_SECONDS = 0.12
"""Between two stretches; who waits for SQLite's only writer looks every 0.1 seconds."""
SPARED = timedelta(days=1)
"""A backup that began before still looks for bytes whose rows were taken away since."""
MENDED = timedelta(days=3)
AT_ONCE = 200


@job(queue="vault")
def keep_files(envelope_id: int) -> None:
    """Put what was completed into the vault."""
    keep_signed(Envelope.objects.get(pk=envelope_id))


@job(queue="vault", priority=-3)
def read_files(envelope_id: int) -> None:
    """Let the files of an envelope be found by what they say."""
    keep_files(envelope_id=envelope_id)
    for file in SignedFile.objects.filter(envelope=envelope_id, text_state=TextState.WAITING):
        keep_words(file, pages=pages_of(file))


@job(queue="vault")
def follow(envelope_id: int) -> None:
    """Let the files belong to whom the envelope belongs now."""
    follow_envelope(Envelope.objects.get(pk=envelope_id))


@job(queue="vault", priority=-5)
def run_retention() -> None:
    """Take away what need not be kept any more, a few files at a time."""
    while destroy_due(at=timezone.now()):
        time.sleep(GIVE_WAY_SECONDS)


@job(queue="vault", priority=-5)
def sweep_vault() -> None:
    """Remove the bytes of what was taken away a day ago."""
    gone = Doomed.objects.filter(since__lte=timezone.now() - SPARED)
    for doomed in gone.order_by("pk").iterator():
        sweep_file(doomed, at=timezone.now())


@job(queue="vault", priority=-5)
def mend_vault() -> None:
    """Order again what was lost: files that never came in, files that nobody has read."""
    since = timezone.now() - MENDED
    unread = SignedFile.objects.filter(text_state=TextState.WAITING).order_by("pk")
    missing = Envelope.objects.completed().filter(closed_at__gte=since, signed_files=None)
    waiting = {*unread.values_list("envelope", flat=True)[:AT_ONCE]}
    waiting |= {*missing.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]}
    _order(waiting)


@db.joining
def _order(envelopes: set[int]) -> None:
    for pk in sorted(envelopes):
        enqueue(read_files, envelope_id=pk, once=f"read-files-{pk}")
