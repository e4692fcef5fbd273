"""The marked places on the pages, and what their parties put there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Document

from .parties import Party


class FieldKind(models.TextChoices):
    """What belongs into a marked place; the same words as ``sealing.model.Kind``."""

    SIGNATURE = "signature", _("Signature")
    STAMP = "stamp", _("Stamp")
    INITIALS = "initials", _("Initials")
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHECKBOX = "checkbox", _("Checkbox")
    CHOICE = "choice", _("Choice")
    REQUISITES = "requisites", _("Requisites")


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
    is_required = models.BooleanField(_("required"), default=True)
    # What the party has typed so far: it outlives sessions. A picture is a file of the store.
    value = models.TextField(blank=True)
    picture = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("page", "y", "x", "id")

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def slot(self) -> str:
        """The field's name in the PDF."""
        return f"p{self.party_id}f{self.pk}"
