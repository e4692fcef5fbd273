"""When this happened elsewhere, then do that with documents."""

from django.utils import timezone
from django.utils.translation import override

from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.people.events import EmployeeLeft, InstallationSetUp
from paraph.people.models import Employee, Installation

from .actions.built_in import add_built_in_templates
from .jobs import hand_over_documents_of


@reacts_to(EmployeeLeft)
def hand_over_the_documents(event: EmployeeLeft) -> None:
    """Give the heir what the person was responsible for."""
    if event.heir_id is not None:
        enqueue(hand_over_documents_of, employee_id=event.employee_id, heir_id=event.heir_id)


@reacts_to(InstallationSetUp)
def offer_the_built_in_templates(event: InstallationSetUp) -> None:
    """Give a new installation the templates that need no file."""
    responsible = Employee.objects.get(pk=event.employee_id)
    with override(Installation.here().language):
        add_built_in_templates(responsible=responsible, at=timezone.now())
