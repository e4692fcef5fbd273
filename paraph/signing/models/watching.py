"""What an installation takes for long, and what group actions changed, to take it back."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.batches.models import Batch
from paraph.kit.prepared import Prepared

from .envelopes import Envelope

_DAYS = (MinValueValidator(1), MaxValueValidator(60))


class AttentionRule(models.Model):
    """The one row that says after how many days a document stands out."""

    near_days = models.PositiveSmallIntegerField(
        _("A deadline is near so many days before it"), default=2, validators=_DAYS
    )
    unread_days = models.PositiveSmallIntegerField(
        _("Not opened for so many days"), default=3, validators=_DAYS
    )
    unfinished_days = models.PositiveSmallIntegerField(
        _("Opened and not signed for so many days"), default=3, validators=_DAYS
    )
    # Which kinds count where a person has not chosen otherwise; empty: all.
    kinds = models.JSONField(default=list)

    @classmethod
    def here(cls) -> AttentionRule:
        """Return this installation's rule; the usual one until somebody changes it."""
        return _HERE.first() or cls()


_HERE = Prepared(lambda: AttentionRule.objects.order_by("pk")[:1])


class Before(models.Model):
    """What stood in an envelope before a group action changed it, so that it can be taken back."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="+")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "envelope"], name="an_envelope_once_a_batch"),
        )
