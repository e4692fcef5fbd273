"""How people come in: the first administrator, and everybody after."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import SYSTEM, Actor
from paraph.kit import db
from paraph.kit.errors import Refused

from .events import EmployeeEdited, EmployeeJoined, InstallationSetUp
from .models import Department, Employee, Installation, RoleGiven
from .setup import make_fixed_roles


class AlreadySetUp(Refused):
    """Set-up happens once."""

    code = "already-set-up"


class EmailTaken(Refused):
    """Somebody signs in with this address already."""

    code = "email-taken"


@dataclass(frozen=True)
class NewEmployee:
    """What is known of somebody who joins. Without a password nobody can sign in yet."""

    email: str
    first_name: str
    last_name: str
    position: str = ""
    phone: str = ""
    language: str = "en"
    password: str | None = None
    department: Department | None = None


@db.transaction
def open_set_up(*, at: datetime) -> str:
    """Make the one-time token of set-up and return it; an older one is worthless from now on."""
    here = Installation.here()
    if here.set_up_at:
        raise AlreadySetUp(_("This installation is set up already."))
    token = secrets.token_urlsafe(24)
    here.set_up_token_hash = hashlib.sha256(token.encode()).hexdigest()
    here.save()
    return token


@db.transaction
def set_up_installation(
    new: NewEmployee, *, name: str, language: str, is_trial: bool, at: datetime
) -> Employee:
    """Make the first administrator and declare the installation set up."""
    here = Installation.here()
    if here.set_up_at:
        raise AlreadySetUp(_("This installation is set up already."))
    here.name, here.language, here.is_trial = name, language, is_trial
    here.set_up_at, here.set_up_token_hash = at, ""
    here.save()
    administrator = _join(new, roles=["administrator"], by=SYSTEM, at=at)
    fact = InstallationSetUp(employee_id=administrator.pk, is_trial=is_trial)
    journal.record(fact, by=SYSTEM, at=at)
    return administrator


@db.transaction
def add_employee(new: NewEmployee, *, roles: list[str], by: Actor, at: datetime) -> Employee:
    """Let somebody in with these roles (slugs)."""
    return _join(new, roles=roles, by=by, at=at)


@db.transaction
def make_department(name: str, *, parent: Department | None = None) -> Department:
    """Add a node to the company's tree."""
    department = Department.objects.create(name=name, parent=parent)
    department.path = f"{parent.path if parent else ''}{department.pk}/"
    department.save(update_fields=["path"])
    return department


@db.transaction
def change_language(employee: Employee, *, language: str, by: Actor, at: datetime) -> None:
    """Speak to the person in this language from now on."""
    employee.lock()
    employee.language = language
    employee.save(update_fields=["language"])
    fact = EmployeeEdited(employee_id=employee.pk, changed=["language"])
    journal.record(fact, by=by, at=at)


@db.transaction_required
def _join(new: NewEmployee, *, roles: list[str], by: Actor, at: datetime) -> Employee:
    if Employee.objects.filter(email__iexact=new.email).exists():
        raise EmailTaken(_("%s is used by somebody else already.") % new.email)
    employee = Employee.objects.create_user(
        new.email,
        new.password,
        first_name=new.first_name,
        last_name=new.last_name,
        position=new.position,
        phone=new.phone,
        language=new.language,
        department=new.department,
    )
    given = make_fixed_roles()
    RoleGiven.objects.bulk_create(RoleGiven(role=given[slug], employee=employee) for slug in roles)
    joined = EmployeeJoined(employee_id=employee.pk, email=employee.email, roles=roles)
    journal.record(joined, by=by, at=at)
    return employee
