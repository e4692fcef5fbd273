"""How long files are kept, and what stays when they are gone."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import DocumentClass
from paraph.kit.ids import format_document_id
from paraph.kit.models import LockableModel
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee


class Retention(models.Model):
    """How long a class of documents is kept; a class without a row is kept for ever."""

    document_class = models.CharField(
        max_length=10, choices=DocumentClass.choices, primary_key=True
    )
    years = models.PositiveSmallIntegerField(_("years"))
    since = models.DateTimeField()  # nothing goes by a rule on its first day: one may be wrong

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="retention_in_years", condition=Q(years__gte=1, years__lte=100)
            ),
        )


class Cause(models.TextChoices):
    """Why a file is no longer kept."""

    RETENTION = "retention", _("its retention ended")
    BY_HAND = "by-hand", _("it was deleted by hand")


class Tombstones(models.QuerySet["Tombstone"]):
    """The vocabulary of what is no longer kept."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Self:
        """Those of files that the person would see if they were still there."""
        return scope(self, person, Section.VAULT, right)


class Tombstone(models.Model):
    """That a signed document was here, and why it is not: no title, no names, no words."""

    code = models.CharField(max_length=17, unique=True)
    document_class = models.CharField(max_length=10, choices=DocumentClass.choices)
    number = models.BigIntegerField(null=True)  # of the document in the journal
    envelope_number = models.BigIntegerField()  # of the envelope in the journal
    signatures = models.PositiveSmallIntegerField()
    page_count = models.PositiveIntegerField()
    completed_at = models.DateTimeField()
    destroyed_at = models.DateTimeField()
    cause = models.CharField(max_length=10, choices=Cause.choices)
    years = models.PositiveSmallIntegerField(null=True)  # of the rule that ended it
    destroyed_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="+", db_index=False)
    is_shared = models.BooleanField(default=False)

    objects = Tombstones.as_manager()

    class Meta:
        ordering = ("-destroyed_at", "-id")
        indexes = (
            models.Index(fields=["-destroyed_at", "-id"], name="tombstones_newest_first"),
            models.Index(
                fields=["responsible", "-destroyed_at", "-id"], name="tombstones_of_person"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def readable(self) -> str:
        """The ID in groups, as it stood at the foot of each page."""
        return format_document_id(self.code)


class Trace(models.Model):
    """The hash of a file that was destroyed: whoever kept a copy can still prove what it was."""

    tombstone = models.ForeignKey(Tombstone, models.CASCADE, related_name="traces")
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)  # of the revision
    registered_at = models.DateTimeField()


class Doomed(models.Model):
    """A file of the store to be removed as soon as nothing points there any more."""

    sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()


class Erasure(LockableModel):
    """That a person's data was erased: what went, what stayed and why; without the person."""

    contact_number = models.BigIntegerField(db_index=True)  # the contact's, in the journal
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # [{"what": …, "count": …}], [{"code": …, "why": …}]
    erased = models.JSONField(default=list)
    kept = models.JSONField(default=list)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-asked_at", "-id")
