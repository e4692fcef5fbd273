"""What is written about somebody: by an administrator, or by themselves."""

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import EmployeeEdited
from ..models import Employee, Invitation
from ..refusals import EmailTaken
from ..steps import hold_access, keep_somebody_in_charge

FIELDS = {
    *("email", "first_name", "last_name", "position", "phone"),
    *("department", "language", "time_zone"),
}


@db.transaction
def edit_employee(
    employee: Employee, values: dict[str, object], *, by: Actor, at: datetime
) -> None:
    """Write these fields; moving somebody to another department moves their roles along."""
    hold_access()
    employee.lock()
    if unknown := set(values) - FIELDS:
        raise ValueError(f"An employee has no {', '.join(sorted(unknown))}.")
    _refuse_taken(employee, str(values.get("email", employee.email)))
    changes = {}
    for field, value in values.items():
        before = getattr(employee, field)
        if before != value:
            changes[field] = [str(before or ""), str(value or "")]
            setattr(employee, field, value)
    if changes:
        _keep(employee, changes, by=by, at=at)


@db.transaction
def change_language(employee: Employee, *, language: str, by: Actor, at: datetime) -> None:
    """Speak to the person in this language from now on."""
    employee.lock()
    changes = {"language": [employee.language, language]}
    employee.language = language
    _keep(employee, changes, by=by, at=at)


@db.transaction_required
def _keep(employee: Employee, changes: dict[str, list[str]], *, by: Actor, at: datetime) -> None:
    employee.save(update_fields=list(changes))
    if "department" in changes:
        keep_somebody_in_charge()
    if "email" in changes:  # the link lies in a mailbox that is not theirs
        Invitation.objects.filter(employee=employee).delete()
    fact = EmployeeEdited(employee_id=employee.pk, changed=list(changes), changes=changes)
    journal.record(fact, by=by, at=at)


def _refuse_taken(employee: Employee, email: str) -> None:
    if Employee.objects.filter(email__iexact=email).exclude(pk=employee.pk).exists():
        raise EmailTaken(_("%s is used by somebody else already.") % email)
