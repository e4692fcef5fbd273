"""What colleagues write to each other about a document, a contact, a deal or a company."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.kit.models import LockableModel
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope

MUTABLE = timedelta(minutes=15)
"""So long its author may change a comment or take it back."""


class Subject(models.TextChoices):
    """What one can write about."""

    ENVELOPE = "envelope", _("Document")
    CONTACT = "contact", _("Contact")
    DEAL = "deal", _("Deal")
    COMPANY = "company", _("Company")


# Any: querysets of four models, each with its ``visible_to``.
_MODELS: dict[Subject, Any] = {
    Subject.ENVELOPE: Envelope,
    Subject.CONTACT: Contact,
    Subject.DEAL: Deal,
    Subject.COMPANY: Company,
}


def seen_by(person: Employee, subject: Subject) -> QuerySet[Any]:
    """Return the rows of that kind that somebody may see: only these are written about."""
    rows: QuerySet[Any] = _MODELS[subject].objects.visible_to(person)
    return rows


def may_see(person: Employee, subject: Subject, pk: int) -> bool:
    """Tell whether somebody may see the row, and with it what is written about it."""
    return person.is_active and seen_by(person, subject).filter(pk=pk).exists()


class Comment(LockableModel):
    """A remark on one row, read by whoever may see that row."""

    noun = models.CharField(max_length=8, choices=Subject.choices)
    object_id = models.BigIntegerField()
    author = models.ForeignKey(Employee, models.PROTECT, related_name="comments")
    text = models.TextField()  # empty once it is taken back or erased
    mentioned: models.ManyToManyField[Employee, Any] = models.ManyToManyField(
        Employee, related_name="+"
    )
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-written_at", "-id")
        indexes = (
            models.Index(fields=["noun", "object_id", "-written_at"], name="comments_on_a_row"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_comment_is_about_something", condition=Q(noun__in=Subject.values)
            ),
        )

    def may_be_changed(self, *, by: Employee, at: datetime) -> bool:
        """Tell whether somebody may still edit it or take it back."""
        is_early = at <= self.written_at + MUTABLE
        return self.author_id == by.pk and self.withdrawn_at is None and is_early
