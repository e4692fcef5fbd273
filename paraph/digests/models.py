"""How each person wants to hear every morning of what needs attention."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel
from paraph.people.models import Employee

LAST_HOUR = 23
SATURDAY = 5


class Digest(LockableModel):
    """One person's daily digest; without a row it comes at eight, of everything."""

    employee = models.OneToOneField(Employee, models.CASCADE, related_name="digest")
    is_on = models.BooleanField(_("Write to me"), default=True)
    hour = models.PositiveSmallIntegerField(
        _("At"), default=8, validators=[MaxValueValidator(LAST_HOUR)]
    )
    # Which kinds count for this person, here and in the menu; nothing: those of the installation.
    kinds = models.JSONField(default=list)
    with_team = models.BooleanField(_("Of my department, too"), default=True)
    # The last day, in the person's calendar, for which it was written or found empty.
    looked_on = models.DateField(null=True)

    class Meta(LockableModel.Meta):
        abstract = False

    def is_due(self, today: date, *, hour: int) -> bool:
        """Tell whether it is time; late by some hours at most, never on a weekend, once a day.

        The hour is that of the person's own clock, so no change of the clocks skips or doubles it.
        """
        is_time = self.hour <= hour < self.hour + 4
        is_new = self.looked_on is None or self.looked_on < today
        return self.is_on and is_time and is_new and today.weekday() < SATURDAY
