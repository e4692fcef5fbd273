"""What keeps signed files, whatever their class says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Contact
from paraph.documents.models import Document
from paraph.kit.models import LockableModel
from paraph.people.models import Employee
from paraph.signing.models import Envelope, Party


class Hold(models.Model):
    """That something must stay, whatever its class says: a document, an envelope, or whatever a
    contact is part of. A hold that is lifted is gone; the timeline knows of it.
    """

    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="holds")
    envelope = models.ForeignKey(Envelope, models.PROTECT, null=True, related_name="holds")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="holds")
    reason = models.CharField(_("reason"), max_length=300)
    placed_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ("placed_at", "id")
        constraints = (
            models.CheckConstraint(
                name="a_hold_is_on_one_thing",
                condition=Q(document__isnull=False, envelope=None, contact=None)
                | Q(document=None, envelope__isnull=False, contact=None)
                | Q(document=None, envelope=None, contact__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.reason

    @property
    def why_it_keeps(self) -> str:
        """Say it to whoever tries to delete what it is on."""
        return str(_("It is on hold: %s") % self.reason)

    @property
    def noun(self) -> str:
        """What it is on: the name of the field."""
        return "document" if self.document_id else "envelope" if self.envelope_id else "contact"


class Gate(LockableModel):
    """The one row that is locked by whoever places a hold and by whoever takes files away."""

    class Meta(LockableModel.Meta):
        abstract = False

    @classmethod
    def close(cls) -> None:
        """Wait until nobody else places a hold or takes files away, until the transaction ends."""
        cls.objects.get_or_create(pk=1)[0].lock()


def is_on_hold() -> Q:
    """Return the condition for files on hold, led by the few holds there are."""
    held = Hold.objects.all()
    people = held.exclude(contact=None).values("contact")
    return (
        Q(document__in=held.exclude(document=None).values("document"))
        | Q(envelope__in=held.exclude(envelope=None).values("envelope"))
        | Q(envelope__in=Party.objects.filter(contact__in=people).values("envelope"))
    )
