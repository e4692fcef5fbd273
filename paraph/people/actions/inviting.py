"""Invitations: a letter with a link that works once, and what following it does."""

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.messaging.carriers import can_carry

from ..events import EmployeeInvited, EmployeeJoined, InvitationWithdrawn
from ..messages import invitation
from ..models import Employee, Invitation, Role
from ..refusals import CannotInvite, InvitationOver
from .joining import NewEmployee, open_account

GOOD_FOR = timedelta(days=7)
CHOSEN = ("first_name", "last_name", "language", "time_zone", "password")
"""What the invited decide themselves; the rest is the administrator's."""


@dataclass(frozen=True)
class Acceptance:
    """What somebody says of themselves when they join."""

    first_name: str
    last_name: str
    password: str
    language: str
    time_zone: str


@db.transaction
def invite_employee(
    new: NewEmployee, *, roles: Sequence[Role], by: Actor, at: datetime
) -> Employee:
    """Open an account that waits for its person, and write to them."""
    employee = open_account(new, roles=roles, is_active=False)
    _write_to(employee, roles=roles, by=by, at=at)
    return employee


@db.transaction
def renew_invitation(employee: Employee, *, by: Actor, at: datetime) -> None:
    """Write again; the older link is worthless from now on. Who left comes back like this."""
    employee.lock()
    if employee.is_active:
        raise CannotInvite(_("%s has joined already.") % employee.name)
    if employee.left_at:
        employee.left_at = None
        employee.save(update_fields=["left_at"])
    roles = Role.objects.filter(given__employee=employee)
    _write_to(employee, roles=list(roles), by=by, at=at)


@db.transaction
def withdraw_invitation(employee: Employee, *, by: Actor, at: datetime) -> None:
    """Let the link open nothing; an account that nothing hangs on is gone with it."""
    employee.lock()
    withdrawn, _rows = Invitation.objects.filter(employee=employee).delete()
    if not withdrawn:
        raise CannotInvite(_("%s has no open invitation.") % employee.name)
    gone = InvitationWithdrawn(employee_id=employee.pk, email=employee.email)
    journal.record(gone, by=by, at=at)
    try:
        Employee.objects.get(pk=employee.pk).delete()
    except ProtectedError:  # came back once, and has a past here
        employee.left_at = at
        employee.save(update_fields=["left_at"])


@db.transaction
def accept_invitation(token: str, accepted: Acceptance, *, at: datetime) -> Employee:
    """Let the invited person in, under the name and password they chose."""
    employee = _held_by_token(token, at=at)
    employee.first_name, employee.last_name = accepted.first_name, accepted.last_name
    employee.language, employee.time_zone = accepted.language, accepted.time_zone
    employee.set_password(accepted.password)
    employee.save(update_fields=CHOSEN)
    let_in(employee, at=at)
    return employee


@db.transaction
def join_by_sign_on(employee: Employee, *, at: datetime) -> None:
    """Let the invited person in whom the company's own sign-in vouches for; no password needed."""
    employee.lock()
    if employee.left_at is not None:
        raise InvitationOver(_("This account is closed. Ask an administrator to open it."))
    if not employee.is_active:
        let_in(employee, at=at)


@db.transaction_required
def let_in(employee: Employee, *, at: datetime) -> None:
    """Turn somebody who was invited into somebody who is here."""
    employee.is_active, employee.left_at = True, None
    employee.save(update_fields=["is_active", "left_at"])
    Invitation.objects.filter(employee=employee).delete()
    slugs = list(Role.objects.filter(given__employee=employee).values_list("slug", flat=True))
    joined = EmployeeJoined(employee_id=employee.pk, email=employee.email, roles=slugs)
    journal.record(joined, by=employee.actor, at=at)


def invited_by_token(token: str, *, at: datetime) -> Employee:
    """Return whom a link invites; a GET may ask, since asking uses nothing up."""
    rows = Invitation.objects.select_related("employee")
    found = rows.filter(token_hash=_hashed(token)).first()
    if found is None or found.has_expired(at):
        raise InvitationOver(
            _("This invitation was used, replaced or has grown too old. Ask for a new one.")
        )
    return found.employee


@db.transaction_required
def _held_by_token(token: str, *, at: datetime) -> Employee:
    """Hold whom a link invites; it may have been used, replaced or withdrawn while we waited."""
    employee = invited_by_token(token, at=at)
    with suppress(Employee.DoesNotExist):  # gone along with the invitation
        employee.lock()
    return invited_by_token(token, at=at)


@db.transaction_required
def _write_to(employee: Employee, *, roles: Sequence[Role], by: Actor, at: datetime) -> None:
    if not can_carry("email"):
        raise CannotInvite(_("Nobody carries our e-mail yet. Set a provider up first."))
    token = secrets.token_urlsafe(24)
    values = {"token_hash": _hashed(token), "sent_at": at, "good_until": at + GOOD_FOR}
    Invitation.objects.update_or_create(employee=employee, defaults=values)
    letter = invitation(employee, token=token, by=by.name, good_until=at + GOOD_FOR)
    deliver(letter, once=f"invitation-{_hashed(token)[:32]}", at=at)
    slugs = [role.slug for role in roles]
    invited = EmployeeInvited(employee_id=employee.pk, email=employee.email, roles=slugs)
    journal.record(invited, by=by, at=at)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
