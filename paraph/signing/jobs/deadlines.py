"""The clock of envelopes: who has waited long is written to again, what is overdue expires.

Each row is an order of its own: one that fails does not keep the others waiting.
"""

from django.utils import timezone

from paraph.kit import db
from paraph.kit.jobs import enqueue, job

from .. import queries
from ..actions.following import expire_envelope, remind_by_schedule
from ..models import Envelope, Party


@job
def expire_envelopes() -> None:
    """Have every envelope ended whose deadline has passed."""
    overdue = list(Envelope.objects.overdue(timezone.now()).values_list("pk", flat=True))
    with db.unit_of_work():
        for pk in overdue:
            enqueue(expire_one, envelope_id=pk, once=f"expire-{pk}")


@job
def expire_one(envelope_id: int) -> None:
    """End one envelope, unless it has ended meanwhile."""
    expire_envelope(Envelope.objects.get(pk=envelope_id), at=timezone.now())


@job
def remind_parties() -> None:
    """Have whoever has waited as long as the sender said written to again."""
    waiting = list(queries.perhaps_to_remind(at=timezone.now()).values_list("pk", flat=True))
    with db.unit_of_work():
        for pk in waiting:
            enqueue(remind_one, party_id=pk, once=f"remind-{pk}")


@job
def remind_one(party_id: int) -> None:
    """Write again to one party, in its working hours and as often as the sender said."""
    party = Party.objects.select_related("envelope", "employee").get(pk=party_id)
    remind_by_schedule(party, at=timezone.now())
