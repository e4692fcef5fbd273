"""Deals go from stage to stage, and end as won or lost."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from .. import steps
from ..choices import Place
from ..events import OutcomeExplained
from ..models import Deal
from ..refusals import CannotMove


@db.transaction
def move_deal(deal: Deal, place: Place, *, by: Actor, at: datetime) -> None:
    """Put a deal into a stage, or elsewhere in the same; only another stage is a fact."""
    deal.lock()
    steps.put(deal, place, by=by, at=at)


@db.transaction
def explain_outcome(deal: Deal, *, reason: str, by: Actor, at: datetime) -> None:
    """Write down why a deal was won or lost."""
    deal.lock()
    if deal.is_open:
        raise CannotMove(_("This deal is still in progress."))
    if deal.reason == reason.strip():
        return
    deal.reason, deal.edited_at = reason.strip(), at
    deal.save(update_fields=["reason", "edited_at"])
    journal.record(OutcomeExplained(deal_id=deal.pk, reason=deal.reason), by=by, at=at)
