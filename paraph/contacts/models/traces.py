"""What long work and merges leave behind: what stood there before, and what became one."""

from __future__ import annotations

from django.db import models

from paraph.batches.models import Batch
from paraph.kit.models import LockableModel

from .directory import Company, Contact


class Earlier(models.Model):
    """What stood in a contact before a group action changed it, so that it can be taken back."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    column = models.CharField(max_length=20)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "contact"], name="a_contact_once_a_batch"),
        )


class EarlierCompany(models.Model):
    """Who was responsible for a company before a group action changed it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    before = models.BigIntegerField()  # the employees, by their numbers
    after = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "company"], name="a_company_once_a_batch"),
        )


class Joining(LockableModel):
    """Rows that became one, with all that was there before, so that it can be taken back."""

    first_survivor = models.BigIntegerField()  # who it was before a later merge took them, too
    before = models.JSONField(default=dict)  # the survivor's columns that the merge changed
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=list)  # [["signing.party", "contact", from, [pks]], …]
    dropped = models.JSONField(default=list)  # rows that the survivor had already
    merged_at = models.DateTimeField()

    class Meta(LockableModel.Meta):
        abstract = True
        ordering = ("-merged_at", "-id")


class Merge(Joining):
    """Contacts that became one."""

    survivor = models.ForeignKey(Contact, models.CASCADE, related_name="merges")

    class Meta(Joining.Meta):
        abstract = False


class CompanyMerge(Joining):
    """Companies that became one."""

    survivor = models.ForeignKey(Company, models.CASCADE, related_name="merges")

    class Meta(Joining.Meta):
        abstract = False


class Gone(models.Model):
    """A row that went into another: its number still leads there."""

    number = models.BigIntegerField(unique=True)  # what its row was called
    name = models.CharField(max_length=201)
    columns = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Merged(Gone):
    """A contact that went into another."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="gone")


class MergedCompany(Gone):
    """A company that went into another."""

    merge = models.ForeignKey(CompanyMerge, models.CASCADE, related_name="gone")


class NotTheSame(models.Model):
    """That somebody has looked at two contacts, or two companies, and found that they are two."""

    noun = models.CharField(max_length=10, default="contact")
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["noun", "low", "high"], name="two_of_a_kind_once"),
        )


class DuplicateKey(models.Model):
    """A key under which a scan found a row; those that share one are compared."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    key = models.BigIntegerField()
    number = models.BigIntegerField()  # of the contact or the company

    class Meta:
        indexes = (models.Index(fields=["batch", "key", "number"], name="duplicates_by_key"),)


class Duplicate(models.Model):
    """A row that a scan found to be likely the same as others of its group."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    group = models.BigIntegerField()  # the lowest number in it
    number = models.BigIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="a_duplicate_once_a_scan"),
        )
        indexes = (models.Index(fields=["batch", "group", "number"], name="duplicates_by_group"),)
