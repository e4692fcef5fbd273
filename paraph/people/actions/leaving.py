"""How somebody leaves: nothing of theirs opens any more, and others take over."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import EmployeeLeft
from ..models import Department, Employee
from ..refusals import CannotLeave
from ..steps import hold_access, keep_somebody_in_charge


@db.transaction
def deactivate_employee(
    employee: Employee, *, heir: Employee | None, by: Actor, at: datetime
) -> None:
    """Close an account at once; each app hands its rows over to the heir, if there is one.

    Roles and groups stay written down for a return, and give nothing meanwhile.
    """
    hold_access()
    employee.lock()
    if not employee.is_active:
        raise CannotLeave(_("This account is closed already."))
    if heir is not None:
        heir.lock()  # somebody else may have closed this account meanwhile
    if heir is not None and (heir.pk == employee.pk or not heir.is_active):
        raise CannotLeave(_("Choose somebody else who works here to take over."))
    employee.is_active, employee.left_at = False, at
    _forget_credentials(employee)
    Department.objects.filter(head=employee).update(head=None)
    keep_somebody_in_charge()
    left = EmployeeLeft(
        employee_id=employee.pk,
        heir_id=heir.pk if heir else None,
        employee_name=employee.name,
        heir_name=heir.name if heir else "",
    )
    journal.record(left, by=by, at=at)


@db.transaction_required
def _forget_credentials(employee: Employee) -> None:
    """Sign the person out everywhere; a return begins with a new invitation."""
    employee.set_unusable_password()
    employee.save(update_fields=["is_active", "left_at", "password"])
    sessions = UserSession.objects.filter(user=employee)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    Authenticator.objects.filter(user=employee).delete()
    SocialAccount.objects.filter(user=employee).delete()
