"""Imports: the file as it was read, what its columns mean, its checked rows, what came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.batches.models import OPEN, Batch
from paraph.kit.models import LockableModel
from paraph.people.models import Employee

ROWS_KEPT_DAYS = 7
UNDO_DAYS = 30


class Duplicates(models.TextChoices):
    """What becomes of a row whose person is in the directory already."""

    SKIP = "skip", _("Leave them as they are")
    UPDATE = "update", _("Update them: what the file says wins, empty cells change nothing")
    MERGE = "merge", _("Complete them: only what is empty is filled in")


class Verdict(models.TextChoices):
    """What the check found a row to be."""

    NEW = "new", _("New")
    SAME = "same", _("Duplicate")
    REFUSED = "refused", _("Refused")


class Imports(models.QuerySet["Import"]):
    """The vocabulary of imports."""

    def visible_to(self, person: Employee) -> Self:
        """Everybody sees their own, and nobody else's."""
        return self.filter(owner=person)

    def with_old_rows(self, *, at: datetime) -> Self:
        """Keep those whose file was read long enough ago, and with which nothing goes on."""
        old = self.filter(created_at__lt=at - timedelta(days=ROWS_KEPT_DAYS))
        idle = old.exclude(batch__state__in=OPEN).exclude(check_batch__state__in=OPEN)
        return idle.exclude(records="")

    def beyond_undo(self, *, at: datetime) -> Self:
        """Keep those that nobody takes back any more."""
        return self.filter(created_at__lt=at - timedelta(days=UNDO_DAYS), traces__isnull=False)


class Import(LockableModel):
    """One file on its way into the directory."""

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)  # csv, xlsx, vcard
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    records = models.CharField(max_length=64, blank=True)  # the rows' SHA-256 in the file store
    sample = models.JSONField(default=list)  # the first rows, the heading included
    rows = models.PositiveIntegerField(default=0)
    has_heading = models.BooleanField(default=True)
    columns = models.JSONField(default=list)  # what each column means; "" is left out
    duplicates = models.CharField(
        max_length=6, choices=Duplicates.choices, default=Duplicates.SKIP
    )
    defaults = models.JSONField(default=dict)  # country, type, language, responsible
    check_batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+")
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = Imports.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-id",)

    @property
    def heading(self) -> list[str]:
        """The names of the columns; numbers where the file names none."""
        first = self.sample[0] if self.sample else []
        if self.has_heading:
            return [name.strip() for name in first]
        return [str(number) for number in range(1, len(first) + 1)]

    @property
    def total(self) -> int:
        """How many rows there are without the heading."""
        return self.rows - 1 if self.has_heading else self.rows


class StagedRow(models.Model):
    """A row as the check found it: its place in the file, and what it would be as a contact."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="staged")
    line = models.PositiveIntegerField()
    offset = models.PositiveBigIntegerField()  # where the record begins in the kept rows
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    why = models.CharField(max_length=400, blank=True)
    card = models.JSONField(default=dict)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["of", "verdict", "id"], name="staged_by_verdict"),
            models.Index(fields=["of", "email"], name="staged_by_email"),
            models.Index(fields=["of", "phone"], name="staged_by_phone"),
            models.Index(fields=["of", "name"], name="staged_by_name"),
        )


class Trace(models.Model):
    """What an import did, so that it can be taken back: whom it added, or changed, or founded."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="traces")
    added = models.JSONField(default=list)  # the numbers of a stretch's new contacts
    contact = models.BigIntegerField(null=True)  # one that it changed
    company = models.BigIntegerField(null=True)  # one that it founded
    before = models.JSONField(default=dict)  # the columns it changed, as they were
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class RememberedColumns(models.Model):
    """What the columns of a file with this heading meant last time, to one person."""

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "signature"], name="columns_remembered_once"),
        )
