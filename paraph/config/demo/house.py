"""How Atelier Lumière is ordered: heads, a branch below another, a group, a role of its own."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from paraph.journal import Actor
from paraph.people.actions.departments import Branch, create_department, edit_department
from paraph.people.actions.groups import create_group
from paraph.people.actions.inviting import invite_employee
from paraph.people.actions.joining import NewEmployee, add_employee
from paraph.people.actions.roles import CellChange, change_matrix, create_role, give_role
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Department, Employee, Role


def arrange(
    sales: Department,
    *,
    head: Employee,
    helpers: list[Employee],
    password: str,
    by: Actor,
    at: datetime,
) -> None:
    """Give Sales a head and a branch for export, and Reception a role of its own."""
    edit_department(sales, Branch(sales.name, sales.parent, head), by=by, at=at)
    export = create_department(Branch(pgettext("a department", "Export"), sales), by=by, at=at)
    junior = NewEmployee(
        "ingrid@lumiere.example",
        "Ingrid",
        "Berg",
        _("Export assistant"),
        password=password,
        department=export,
    )
    add_employee(junior, roles=["employee"], by=by, at=at)
    reception = create_group(_("Reception"), members=helpers, by=by, at=at)
    give_role(_reception_role(by=by, at=at), to=reception, by=by, at=at)
    newcomer = NewEmployee(
        "nadia@lumiere.example", "Nadia", "Benali", _("Trainee"), language="fr", department=export
    )
    roles = [Role.objects.get(slug="employee")]
    today = datetime.now(UTC)  # an invitation is good for a week
    invite_employee(newcomer, roles=roles, by=by, at=today)


def _reception_role(*, by: Actor, at: datetime) -> Role:
    """Copy *Employee*, and change it: sees every contact, deletes and exports none."""
    model = Role.objects.get(slug="employee")
    role = create_role(_("Reception"), copy_of=model, by=by, at=at)
    wanted = {Right.VIEW: Level.ALL, Right.DELETE: Level.NONE, Right.EXPORT: Level.NONE}
    changes = [
        CellChange(role.pk, Section.CONTACTS, right, Level.SHARED, level)
        for right, level in wanted.items()
    ]
    change_matrix(changes, by=by, at=at)
    return role
