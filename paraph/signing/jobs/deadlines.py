"""The clock of envelopes: what is overdue expires."""

from django.utils import timezone

from paraph.kit.jobs import job

from ..actions.following import expire_envelope
from ..models import Envelope


@job
def expire_envelopes() -> None:
    """End every envelope whose deadline has passed."""
    at = timezone.now()
    for envelope in Envelope.objects.overdue(at):
        expire_envelope(envelope, at=at)
