"""The columns of the matrix: roles are made, changed, given and taken here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import (
    RoleChanged,
    RoleCreated,
    RoleDeleted,
    RoleGranted,
    RoleRenamed,
    RoleTaken,
)
from ..matrix import Level, Right, Section, levels_for
from ..models import Department, Employee, Grant, Group, Role, RoleGiven
from ..refusals import ChangedMeanwhile, NameTaken
from ..steps import hold_access, keep_somebody_in_charge

Recipient = Employee | Department | Group


@dataclass(frozen=True)
class CellChange:
    """One cell that somebody set: the level they saw, and the one they want."""

    role_id: int
    section: Section
    right: Right
    before: Level
    after: Level


@db.transaction
def create_role(name: str, *, copy_of: Role | None = None, by: Actor, at: datetime) -> Role:
    """Add a column, empty or with the levels of another one."""
    hold_access()
    _refuse_taken(name)
    role = Role.objects.create(slug=_fresh_slug(name), name=name)
    if copy_of is not None:
        Grant.objects.bulk_create(
            Grant(role=role, section=grant.section, right=grant.right, level=grant.level)
            for grant in copy_of.grants.all()
        )
    origin = copy_of.name if copy_of else ""
    made = RoleCreated(role_id=role.pk, role_name=name, copy_of=origin)
    journal.record(made, by=by, at=at)
    return role


@db.transaction
def rename_role(role: Role, *, name: str, by: Actor, at: datetime) -> None:
    """Give a role another name; who has it keeps it."""
    hold_access()
    _refuse_taken(name, besides=role)
    renamed = RoleRenamed(role_id=role.pk, changes={"name": [role.name, name]})
    role.name = name
    role.save(update_fields=["name"])
    journal.record(renamed, by=by, at=at)


@db.transaction
def change_matrix(changes: Sequence[CellChange], *, by: Actor, at: datetime) -> None:
    """Set cells, all of them or none; what somebody else changed meanwhile is not overwritten."""
    hold_access()
    roles = Role.objects.in_bulk({change.role_id for change in changes})
    written: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for change in changes:
        role = roles.get(change.role_id)
        if role is None:
            raise ChangedMeanwhile(_("A role was deleted meanwhile. Look at the page again."))
        if _set_cell(role, change):
            cell = f"{change.section.value}.{change.right.value}"
            written[role.pk][cell] = [change.before.value, change.after.value]
    keep_somebody_in_charge()
    for role_id, cells in written.items():
        name = roles[role_id].name
        changed = RoleChanged(role_id=role_id, role_name=name, changes=cells)
        journal.record(changed, by=by, at=at)


@db.transaction
def delete_role(role: Role, *, by: Actor, at: datetime) -> None:
    """Take a column away, and with it what it gave to whoever had it."""
    hold_access()
    given = role.given.select_related("employee", "department", "group")
    names = [str(each.recipient) for each in given]
    gone = RoleDeleted(role_id=role.pk, role_name=role.name, taken_from=names)
    role.delete()
    keep_somebody_in_charge()
    journal.record(gone, by=by, at=at)


@db.transaction
def give_role(role: Role, *, to: Recipient, by: Actor, at: datetime) -> None:
    """Give a role; nothing happens when it is there already."""
    hold_access()
    noun = type(to).__name__.lower()
    whom: dict[str, Any] = {noun: to}
    _given, is_new = RoleGiven.objects.get_or_create(role=role, **whom)
    if is_new:
        named: dict[str, int] = {f"{noun}_id": to.pk}
        fact = RoleGranted(role_id=role.pk, role_name=role.name, recipient=str(to), **named)
        journal.record(fact, by=by, at=at)


@db.transaction
def take_role(given: RoleGiven, *, by: Actor, at: datetime) -> None:
    """Take a role back, from the one employee, department or group it was given to."""
    hold_access()
    role, to = given.role, given.recipient
    named: dict[str, int] = {f"{type(to).__name__.lower()}_id": to.pk}
    given.delete()
    keep_somebody_in_charge()
    fact = RoleTaken(role_id=role.pk, role_name=role.name, recipient=str(to), **named)
    journal.record(fact, by=by, at=at)


@db.transaction_required
def _set_cell(role: Role, change: CellChange) -> bool:
    """Write one cell; tell whether anything changed."""
    if change.after not in levels_for(change.section, change.right):
        raise ChangedMeanwhile(_("There is no such level here. Look at the page again."))
    cell: dict[str, Any] = {"role": role, "section": change.section, "right": change.right}
    kept = Grant.objects.filter(**cell).first()
    level = kept.level if kept else Level.NONE
    if level == change.after:
        return False
    if level != change.before:
        raise ChangedMeanwhile(
            _("“%(right)s” in “%(section)s” was changed by somebody else meanwhile.")
            % {"right": change.right.label, "section": change.section.label}
        )
    Grant.objects.update_or_create(**cell, defaults={"level": change.after})
    return True


def _refuse_taken(name: str, *, besides: Role | None = None) -> None:
    others = Role.objects.exclude(pk=besides.pk) if besides else Role.objects.all()
    if others.filter(name__iexact=name).exists():
        raise NameTaken(_("There is a role named “%s” already.") % name)


def _fresh_slug(name: str) -> str:
    stem = slugify(name)[:40] or "role"
    taken = set(Role.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
