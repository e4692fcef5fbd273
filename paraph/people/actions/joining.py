"""How people come in: the first administrator, and everybody after."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import SYSTEM, Actor
from paraph.kit import db

from ..events import EmployeeJoined, InstallationSetUp
from ..models import Department, Employee, Installation, Role, RoleGiven
from ..refusals import AlreadySetUp, EmailTaken
from ..setup import make_fixed_roles


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
    roles = [make_fixed_roles()["administrator"]]
    administrator = _join(new, roles=roles, by=SYSTEM, at=at)
    fact = InstallationSetUp(employee_id=administrator.pk, is_trial=is_trial)
    journal.record(fact, by=SYSTEM, at=at)
    return administrator


@db.transaction
def add_employee(new: NewEmployee, *, roles: list[str], by: Actor, at: datetime) -> Employee:
    """Let somebody in at once, with these roles (slugs)."""
    if roles and not Role.objects.exists():
        make_fixed_roles()
    known = {role.slug: role for role in Role.objects.filter(slug__in=roles)}
    return _join(new, roles=[known[slug] for slug in roles], by=by, at=at)


@db.transaction_required
def open_account(new: NewEmployee, *, roles: Sequence[Role], is_active: bool) -> Employee:
    """Make the account and give it its roles; an address belongs to one person."""
    if Employee.objects.filter(email__iexact=new.email.strip()).exists():
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
        time_zone=settings.TIME_ZONE,
        is_active=is_active,
    )
    RoleGiven.objects.bulk_create(RoleGiven(role=role, employee=employee) for role in roles)
    return employee


@db.transaction_required
def _join(new: NewEmployee, *, roles: Sequence[Role], by: Actor, at: datetime) -> Employee:
    employee = open_account(new, roles=roles, is_active=True)
    slugs = [role.slug for role in roles]
    joined = EmployeeJoined(employee_id=employee.pk, email=employee.email, roles=slugs)
    journal.record(joined, by=by, at=at)
    return employee
