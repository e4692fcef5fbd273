"""What a party did: the intent, and what was sealed of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .entry import SigningSession
from .parties import Party


class Acts(models.QuerySet["Act"]):
    """The vocabulary of acts."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Act(models.Model):
    """One party's signing: the intent when Sign was pressed, then what was sealed.

    An intent that could not be sealed may be withdrawn; the party can then sign again.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="acts")
    session = models.ForeignKey(SigningSession, models.PROTECT, null=True, related_name="acts")
    intended_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # [{"document": id, "shown": sha256, "signed": sha256 or ""}]: what was seen, what came of it.
    documents = models.JSONField(default=list)
    terms = models.TextField()
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=400, blank=True)
    certificate = models.TextField(blank=True)  # PEM of the certificate made for this act
    # PEM of the company's own certificate, where it sealed beside the act.
    company_certificate = models.TextField(blank=True)

    objects = Acts.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["party"], condition=Q(withdrawn_at=None), name="one_act_a_party"
            ),
            models.CheckConstraint(
                name="what_is_sealed_stays",
                condition=Q(sealed_at=None) | Q(withdrawn_at=None),
            ),
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None
