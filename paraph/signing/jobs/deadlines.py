"""The clock of envelopes: who has waited long is written to again, what is overdue expires."""

from django.utils import timezone

from paraph.kit.jobs import job

from .. import queries
from ..actions.following import expire_envelope, remind_by_schedule
from ..models import Envelope


@job
def expire_envelopes() -> None:
    """End every envelope whose deadline has passed."""
    at = timezone.now()
    for envelope in Envelope.objects.overdue(at):
        expire_envelope(envelope, at=at)


@job
def remind_parties() -> None:
    """Write again to whoever has waited as long as the sender said, in their working hours."""
    at = timezone.now()
    for party in queries.perhaps_to_remind(at=at):
        remind_by_schedule(party, at=at)
