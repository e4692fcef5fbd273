"""Work of sales that nobody waits for."""

from django.utils import timezone

from paraph.journal import SYSTEM
from paraph.kit.jobs import job
from paraph.people.models import Employee

from .actions.dealing import hand_over_deal
from .models import Deal


@job
def hand_over_deals(employee_id: int, heir_id: int) -> None:
    """Hand each deal of one person over to another; a second call finds none left."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    for deal in Deal.objects.filter(responsible=leaver).order_by("id").iterator():
        hand_over_deal(deal, leaver=leaver, responsible=heir, by=SYSTEM, at=timezone.now())
