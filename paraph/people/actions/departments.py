"""The tree of departments: branches are grown, moved, renamed, given a head, and cut."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import DepartmentCreated, DepartmentDeleted, DepartmentEdited
from ..models import Department, Employee
from ..refusals import CannotMove, NotEmpty
from ..steps import hold_access, keep_somebody_in_charge


@dataclass(frozen=True)
class Branch:
    """What is written about a department."""

    name: str
    parent: Department | None = None
    head: Employee | None = None


@db.transaction
def create_department(branch: Branch, *, by: Actor, at: datetime) -> Department:
    """Add a department to the company's tree."""
    hold_access()
    parent = branch.parent
    _read_again(parent)
    department = Department.objects.create(name=branch.name, parent=parent, head=branch.head)
    department.path = _path_below(parent, department)
    department.save(update_fields=["path"])
    above = parent.name if parent else ""
    made = DepartmentCreated(
        department_id=department.pk, department_name=branch.name, parent_name=above
    )
    journal.record(made, by=by, at=at)
    return department


@db.transaction
def edit_department(department: Department, branch: Branch, *, by: Actor, at: datetime) -> None:
    """Rename, move or give a head; everything below moves along."""
    hold_access()
    _read_again(department)
    kept = Department.objects.select_related("parent", "head").get(pk=department.pk)
    _read_again(branch.parent)
    if branch.parent is not None and branch.parent.path.startswith(kept.path):
        raise CannotMove(_("%s cannot hang below itself.") % kept.name)
    changes = _changes(kept, branch)
    department.name, department.head, department.parent = branch.name, branch.head, branch.parent
    department.path = _path_below(branch.parent, department)
    department.save()
    _move_below(kept.path, to=department.path)
    keep_somebody_in_charge()
    if changes:
        fact = DepartmentEdited(
            department_id=department.pk, department_name=branch.name, changes=changes
        )
        journal.record(fact, by=by, at=at)


@db.transaction
def delete_department(department: Department, *, by: Actor, at: datetime) -> None:
    """Cut an empty branch; refused while somebody or something hangs on it."""
    hold_access()
    if department.parts.exists():
        raise NotEmpty(_("Move or delete what is below %s first.") % department.name)
    if department.employees.exists():
        raise NotEmpty(_("Move the people of %s first, also those who left.") % department.name)
    gone = DepartmentDeleted(department_id=department.pk, department_name=department.name)
    department.delete()
    keep_somebody_in_charge()
    journal.record(gone, by=by, at=at)


def _read_again(department: Department | None) -> None:
    """Learn where it hangs now: somebody else may have moved or deleted it meanwhile."""
    if department is None:
        return
    try:
        department.refresh_from_db()
    except Department.DoesNotExist:
        raise CannotMove(_("%s is gone.") % department.name) from None


def _path_below(parent: Department | None, department: Department) -> str:
    return f"{parent.path if parent else ''}{department.pk}/"


@db.transaction_required
def _move_below(old: str, *, to: str) -> None:
    """Rewrite the paths of a whole subtree, in one statement."""
    if old != to:
        tail = Substr("path", len(old) + 1)
        below = Department.objects.filter(path__startswith=old)
        below.update(path=Concat(Value(to), tail))


def _changes(kept: Department, branch: Branch) -> dict[str, list[str]]:
    pairs = {
        "name": [kept.name, branch.name],
        "parent": [_named(kept.parent), _named(branch.parent)],
        "head": [_named(kept.head), _named(branch.head)],
    }
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _named(row: Department | Employee | None) -> str:
    return row.name if row else ""
