"""Series of document numbers, and every number that was given, so that none is missing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel

from .. import shipped


class Reset(models.TextChoices):
    """When a series begins again."""

    NEVER = "never", _("Never")
    YEAR = "year", _("Every year")
    MONTH = "month", _("Every month")
    DAY = "day", _("Every day")


class Series(LockableModel):
    """A rule by which documents are numbered, and the number that comes next."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    # May hold {yyyy}, {yy}, {mm} and {dd}: the day on which the number is given.
    prefix = models.CharField(_("before the number"), max_length=30, blank=True)
    suffix = models.CharField(_("after the number"), max_length=30, blank=True)
    padding = models.PositiveSmallIntegerField(_("digits at least"), default=4)
    step = models.PositiveSmallIntegerField(_("step"), default=1)
    start = models.PositiveIntegerField(_("first number"), default=1)
    reset = models.CharField(
        _("begins again"), max_length=5, choices=Reset.choices, default=Reset.YEAR
    )
    # What it will give next within the period of the last number (its first day, ISO).
    next = models.PositiveBigIntegerField(default=1, editable=False)
    period = models.CharField(max_length=10, blank=True, editable=False)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("name", "id")
        verbose_name_plural = "series"
        constraints = (models.CheckConstraint(name="a_series_goes_on", condition=Q(step__gte=1)),)

    def __str__(self) -> str:
        return shipped.as_read(self.name, shipped.SERIES.values())


class IssuedNumber(models.Model):
    """A number that was given, and to which document; it stays when the document goes."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="issued")
    period = models.CharField(max_length=10, blank=True)
    value = models.PositiveBigIntegerField()
    text = models.CharField(max_length=80)
    document = models.OneToOneField(
        "documents.Document", models.SET_NULL, null=True, related_name="issued"
    )
    title = models.CharField(max_length=200)  # of the document, should it be deleted
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("series_id", "-period", "-value")
        constraints = (
            models.UniqueConstraint(
                fields=["series", "period", "value"], name="a_number_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return self.text
