"""What somebody who left was responsible for goes to an heir, a stretch at a time."""

from datetime import datetime

from paraph import journal
from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.people.models import Employee

from ..events import EnvelopeHandedOver
from ..models import Envelope

STRETCH = 200


@db.transaction
def hand_over_envelopes(leaver: Employee, *, heir: Employee, at: datetime) -> bool:
    """Give the heir the next stretch; tell whether there may be more."""
    rows = Envelope.objects.select_for_update().filter(responsible=leaver).order_by("pk")
    stretch = list(rows[:STRETCH])
    Envelope.objects.filter(pk__in=[row.pk for row in stretch]).update(responsible=heir)
    changes = {"responsible": [leaver.name, heir.name]}
    for row in stretch:
        fact = EnvelopeHandedOver(envelope_id=row.pk, changes=changes)
        journal.record(fact, by=SYSTEM, at=at)
    return len(stretch) == STRETCH
