"""The marked places on the pages, and what their parties put there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Document

from .parties import Party


class FieldKind(models.TextChoices):
    """What belongs into a marked place; in the PDF a file and a detail are text."""

    SIGNATURE = "signature", _("Signature")
    STAMP = "stamp", _("Stamp")
    INITIALS = "initials", _("Initials")
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHECKBOX = "checkbox", _("Checkbox")
    CHOICE = "choice", _("Choice")
    REQUISITES = "requisites", _("Requisites")
    FILE = "file", _("File")  # the signer adds a file: kept with the evidence, named on the page
    CRM = "crm", _("Detail")  # what our directory knows of the signer, or asks of them


class Field(models.Model):
    """A marked place of one party on one page, in points from the displayed page's top left."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="fields")
    document = models.ForeignKey(Document, models.CASCADE, related_name="fields")
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    page = models.PositiveIntegerField()  # from 1
    x = models.FloatField()
    y = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    label = models.CharField(_("label"), max_length=120, blank=True)
    slot = models.CharField(max_length=24, blank=True)  # its name in the PDF, given when sent
    is_required = models.BooleanField(_("required"), default=True)
    options = models.JSONField(default=list, blank=True)  # what a choice offers
    source = models.CharField(max_length=40, blank=True)  # which detail: a name of ``details``
    # What the party has typed so far: it outlives sessions. A picture is a file of the store.
    value = models.TextField(blank=True)
    picture = models.CharField(max_length=64, blank=True)
    attachment = models.CharField(max_length=64, blank=True)  # a file of the store; value names it
    may_keep = models.BooleanField(default=False)  # the party lets us keep the detail it gave

    class Meta:
        ordering = ("page", "y", "x", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "slot"], condition=~Q(slot=""), name="one_field_a_slot"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.get_kind_display()
