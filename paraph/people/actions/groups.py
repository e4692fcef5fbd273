"""Groups: circles of people across departments."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from ..events import GroupCreated, GroupDeleted, GroupEdited
from ..models import Employee, Group
from ..refusals import NameTaken
from ..steps import hold_access, keep_somebody_in_charge


@db.transaction
def create_group(name: str, *, members: Sequence[Employee], by: Actor, at: datetime) -> Group:
    """Draw a circle around some people."""
    hold_access()
    _refuse_taken(name)
    group = Group.objects.create(name=name)
    group.members.set(members)
    made = GroupCreated(group_id=group.pk, group_name=name, members=_names(group))
    journal.record(made, by=by, at=at)
    return group


@db.transaction
def edit_group(
    group: Group, *, name: str, members: Sequence[Employee], by: Actor, at: datetime
) -> None:
    """Rename a group, or let others in and out."""
    hold_access()
    _refuse_taken(name, besides=group)
    before = {"name": [group.name], "members": [", ".join(_names(group))]}
    group.name = name
    group.save(update_fields=["name"])
    group.members.set(members)
    keep_somebody_in_charge()
    after = {"name": name, "members": ", ".join(_names(group))}
    changes = {key: [*old, after[key]] for key, old in before.items() if old != [after[key]]}
    if changes:
        fact = GroupEdited(group_id=group.pk, group_name=name, changes=changes)
        journal.record(fact, by=by, at=at)


@db.transaction
def delete_group(group: Group, *, by: Actor, at: datetime) -> None:
    """Wipe a circle away; its members lose what they had through it alone."""
    hold_access()
    gone = GroupDeleted(group_id=group.pk, group_name=group.name)
    group.delete()
    keep_somebody_in_charge()
    journal.record(gone, by=by, at=at)


def _names(group: Group) -> list[str]:
    return [member.name for member in group.members.all()]


def _refuse_taken(name: str, *, besides: Group | None = None) -> None:
    others = Group.objects.exclude(pk=besides.pk) if besides else Group.objects.all()
    if others.filter(name__iexact=name).exists():
        raise NameTaken(_("There is a group named “%s” already.") % name)
