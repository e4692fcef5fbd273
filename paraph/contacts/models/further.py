"""Further fields, which a company adds to its contacts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel


class FieldKind(models.TextChoices):
    """What a further field holds."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    YES_NO = "yes-no", _("Yes or no")
    CHOICE = "choice", _("Choice from a list")
    LINK = "link", _("Link")


class CustomFields(models.QuerySet["CustomField"]):
    """The vocabulary of further fields."""

    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class CustomField(LockableModel):
    """A further field of contacts. An archived one keeps its values and shows them no more."""

    label = models.CharField(_("label"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=FieldKind.choices)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    help = models.CharField(_("help"), max_length=200, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    objects = CustomFields.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """Under which contacts keep the value; a bare number would mean a place in a list."""
        return f"f{self.pk}"
