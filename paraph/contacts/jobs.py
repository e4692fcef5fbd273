"""The background work of the directory, but for what goes on in batches."""

from django.utils import timezone

from paraph.kit.jobs import job
from paraph.people.models import Employee

from .actions.handing_over import hand_over_companies, hand_over_contacts


@job
def hand_over_directory_of(employee_id: int, heir_id: int) -> None:
    """Give the heir every contact and company of somebody who left."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    for hand_over in (hand_over_contacts, hand_over_companies):
        while hand_over(leaver, heir=heir, at=timezone.now()):
            pass
