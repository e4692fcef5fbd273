"""What a party did: the intent, and what was sealed of it."""

from __future__ import annotations

from django.db import models

from .entry import SigningSession
from .parties import Party


class Act(models.Model):
    """One party's signing: the intent when Sign was pressed, then what was sealed."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="act")
    session = models.ForeignKey(SigningSession, models.PROTECT, null=True, related_name="acts")
    intended_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    # [{"document": id, "shown": sha256, "signed": sha256 or ""}]: what was seen, what came of it.
    documents = models.JSONField(default=list)
    terms = models.TextField()
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=400, blank=True)
    certificate = models.TextField(blank=True)  # PEM of the certificate made for this act

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None
