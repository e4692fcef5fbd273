"""The background work of the directory, but for what goes on in batches."""

from django.db.models import Q
from django.utils import timezone

from paraph.kit.jobs import job
from paraph.people.models import Employee

from .actions.handing_over import hand_over_companies, hand_over_contacts
from .actions.indexing import index_contacts


@job
def hand_over_directory_of(employee_id: int, heir_id: int) -> None:
    """Give the heir every contact and company of somebody who left."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    for hand_over in (hand_over_contacts, hand_over_companies):
        while hand_over(leaver, heir=heir, at=timezone.now()):
            pass


@job(queue="batches", priority=-5)
def index_people_of_company(company_id: int) -> None:
    """Let a company's people be found by its new name, or no more by that of one that is gone."""
    _index(Q(company=company_id) | (Q(company=None) & ~Q(company_key="")))


@job(queue="batches", priority=-5)
def index_contacts_of_employee(employee_id: int) -> None:
    """Let contacts be found by the new name of who is responsible."""
    _index(Q(responsible=employee_id))


def _index(whose: Q) -> None:
    after: int | None = 0
    while after is not None:
        after = index_contacts(whose, after=after)
