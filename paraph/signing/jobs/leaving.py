"""What becomes of the envelopes of somebody who left."""

from django.utils import timezone

from paraph.kit.jobs import job
from paraph.people.models import Employee

from ..actions.handing_over import hand_over_envelopes


@job
def hand_over_envelopes_of(employee_id: int, heir_id: int) -> None:
    """Give the heir every envelope of somebody who left: drafts, open and closed ones."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    while hand_over_envelopes(leaver, heir=heir, at=timezone.now()):
        pass
