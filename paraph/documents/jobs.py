"""The background work of documents."""

from django.utils import timezone

from paraph.kit.jobs import job
from paraph.people.models import Employee

from .actions.keeping import hand_over_documents
from .actions.templating import hand_over_templates


@job
def hand_over_documents_of(employee_id: int, heir_id: int) -> None:
    """Give the heir every document and every template of somebody who left."""
    leaver, heir = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=heir_id)
    while hand_over_documents(leaver, heir=heir, at=timezone.now()):
        pass
    hand_over_templates(leaver, heir=heir, at=timezone.now())
