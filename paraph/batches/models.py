"""Long work: one row each, from the order to its report."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel
from paraph.people.models import Employee

from . import kinds


class BatchState(models.TextChoices):
    """What has become of a batch."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CANCELLING = "cancelling", _("Being cancelled")
    UNDOING = "undoing", _("Being undone")
    FAILING = "failing", _("Being taken back")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


KEPT_DAYS = 7
"""How long files and refused rows stay: they are full of people."""

OPEN = (
    BatchState.WAITING,
    BatchState.RUNNING,
    BatchState.CANCELLING,
    BatchState.UNDOING,
    BatchState.FAILING,
)


class Batches(models.QuerySet["Batch"]):
    """The vocabulary of long work."""

    def visible_to(self, person: Employee | models.Value) -> Self:
        """Everybody sees what they have started, and nobody else's."""
        return self.filter(owner=person)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def ended(self) -> Self:
        return self.exclude(state__in=OPEN)

    def standing_still(self, *, since: datetime) -> Self:
        """Keep the open ones that nobody has taken further for long."""
        return self.open().filter(moved_at__lt=since)

    def with_old_results(self, *, at: datetime) -> Self:
        """Keep those whose file and refused rows have been there long enough."""
        old = self.exclude(state__in=OPEN).filter(finished_at__lt=at - timedelta(days=KEPT_DAYS))
        return old.filter(models.Q(refusals__isnull=False) | ~models.Q(file="")).distinct()


class Batch(LockableModel):
    """Work on many rows: an import, an export, a change of all that a filter shows."""

    kind = models.CharField(max_length=60)  # "contacts.export"
    owner = models.ForeignKey(Employee, models.CASCADE, related_name="batches")
    language = models.CharField(max_length=5, default="en")
    given = models.JSONField(default=dict)  # what the kind was told to do
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    cursor = models.JSONField(null=True)
    total = models.PositiveBigIntegerField(null=True)  # unknown until somebody has counted
    done = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    is_quiet = models.BooleanField(default=False)  # ran while its owner waited: no letter
    failures = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=64, blank=True)  # SHA-256 in the file store
    file_name = models.CharField(max_length=120, blank=True)
    undo_closed = models.BooleanField(default=False)  # what it needs to be undone is gone
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # when it was last taken further
    finished_at = models.DateTimeField(null=True)

    objects = Batches.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-id",)
        indexes = (models.Index(fields=["owner", "-id"], name="batches_of_owner"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it does, in words for its owner."""
        return str(kinds.find(self.kind).title)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def can_be_undone(self) -> bool:
        is_done = self.state == BatchState.DONE and not self.undo_closed
        return is_done and kinds.find(self.kind).undo is not None

    @property
    def is_whole(self) -> bool:
        """Tell whether it is done to its end or not at all."""
        return kinds.find(self.kind).is_whole

    @property
    def writes_a_file(self) -> bool:
        return kinds.find(self.kind).write is not None

    @property
    def is_going_back(self) -> bool:
        """Tell whether what it has changed is being taken back."""
        is_whole = self.state == BatchState.CANCELLING and self.is_whole
        return is_whole or self.state in (BatchState.UNDOING, BatchState.FAILING)

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in (BatchState.WAITING, BatchState.RUNNING)

    @property
    def kept_until(self) -> datetime | None:
        """The day on which its file and its refused rows go."""
        return self.finished_at and self.finished_at + timedelta(days=KEPT_DAYS)

    @property
    def percent(self) -> int | None:
        """How far it has come, where the total is known."""
        return min(99, self.done * 100 // self.total) if self.total else None


class Refusal(models.Model):
    """A row that a batch left as it was, and why."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="refusals")
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=400)
    is_undo = models.BooleanField(default=False)  # what could not be taken back

    class Meta:
        ordering = ("id",)
