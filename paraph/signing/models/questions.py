"""What parties ask before they sign, and what they are answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.people.models import Employee

from .parties import Party


class Question(models.Model):
    """A party's question to whoever is responsible, and the answer once there is one."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="questions")
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
