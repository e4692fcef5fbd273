"""The background work of the vault."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.kit.jobs import enqueue, job
from paraph.signing.models import Envelope

from .actions.destroying import STRETCH, destroy_due, pass_over
from .actions.filing import begin_reading, follow_envelope, keep_signed, keep_words
from .actions.sweeping import sweep_file
from .gone import append, of_document, of_person
from .models import Doomed, Erasure, SignedFile, TextState, Tombstone
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
    """Put what was completed into the vault, unless it has gone from there again."""
    if envelope := Envelope.objects.filter(pk=envelope_id).first():
        keep_signed(envelope)


@job(queue="vault", priority=-3)
def read_files(envelope_id: int) -> None:
    """Let the files of an envelope be found by what they say."""
    keep_files(envelope_id=envelope_id)
    for file in SignedFile.objects.filter(envelope=envelope_id, text_state=TextState.WAITING):
        if begin_reading(file):
            keep_words(file, pages=pages_of(file))


@job(queue="vault")
def follow(envelope_id: int) -> None:
    """Let the files belong to whom the envelope belongs now."""
    if envelope := Envelope.objects.filter(pk=envelope_id).first():
        follow_envelope(envelope)


@job(queue="vault", priority=-5)
def run_retention() -> None:
    """Take away what need not be kept any more, a few files at a time.

    Where the database refuses, each of the few is tried alone, and what is refused is passed over
    and told: one file keeps no other back, tonight or any night.
    """
    here: int | None = 0
    while here is not None:
        here = _next_stretch(here, at=timezone.now())
        fault_point("vault-between-stretches")
        time.sleep(GIVE_WAY_SECONDS)


def _next_stretch(after: int, *, at: datetime) -> int | None:
    try:
        return destroy_due(at=at, after=after)
    except IntegrityError:
        return _one_by_one(after, at=at)


def _one_by_one(after: int, *, at: datetime) -> int | None:
    here: int | None = after
    for _number in range(STRETCH):
        here = _next_one(here, at=at) if here is not None else None
    return here


def _next_one(after: int, *, at: datetime) -> int | None:
    try:
        return destroy_due(at=at, after=after, size=1)
    except IntegrityError as refusal:
        return pass_over(after=after, why=type(refusal).__name__, at=at)


@job(queue="vault", priority=-4)
def note_gone(code: str = "", erasure: int = 0) -> None:
    """Write into the register what has just gone."""
    if tomb := Tombstone.objects.filter(code=code).first():
        append(of_document(tomb))
    done = Erasure.objects.filter(pk=erasure).first()
    if done and (line := of_person(done)):
        append(line)


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
    unread = SignedFile.objects.filter(text_state=TextState.WAITING).order_by("text_tries", "pk")
    missing = Envelope.objects.completed().filter(closed_at__gte=since, signed_files=None)
    waiting = {*unread.values_list("envelope", flat=True)[:AT_ONCE]}
    waiting |= {*missing.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]}
    _order(waiting)


@db.joining
def _order(envelopes: set[int]) -> None:
    for pk in sorted(envelopes):
        enqueue(read_files, envelope_id=pk, once=f"read-files-{pk}")
