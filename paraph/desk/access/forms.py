"""What is typed on the access pages, and what became of the matrix."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from paraph.people.actions.roles import CellChange, Recipient
from paraph.people.matrix import CELLS, Level
from paraph.people.models import Department, Employee, Group, Role


class RoleForm(forms.Form):
    """A new column: its name, and which one it begins as."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Write how the role is called.")},
    )
    copy_of = forms.ModelChoiceField(
        Role.objects.order_by("pk"),
        label=_("Begin with the rights of"),
        required=False,
        empty_label=_("none: may do nothing yet"),
    )


class RecipientForm(forms.Form):
    """To whom a role is given: one list of people, departments and groups."""

    to = forms.ChoiceField(
        label=_("Give this role to"),
        error_messages={
            "required": _("Choose a person, a department or a group."),
            "invalid_choice": _("Choose a person, a department or a group."),
        },
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        people = Employee.objects.filter(left_at=None)
        choices = [
            ("", _("Choose …")),
            (_("Departments"), _keys("department", Department.objects.order_by("name"))),
            (_("Groups"), _keys("group", Group.objects.order_by("name"))),
            (_("People"), _keys("employee", people)),
        ]
        cast(forms.ChoiceField, self.fields["to"]).choices = choices

    def recipient(self) -> Recipient:
        """Return the row that was chosen."""
        noun, _dash, pk = str(self.cleaned_data["to"]).partition("-")
        models: dict[str, type[Recipient]]
        models = {"department": Department, "group": Group, "employee": Employee}
        return models[noun]._base_manager.get(pk=pk)


def _keys(noun: str, rows: QuerySet[Any]) -> list[tuple[str, str]]:
    return [(f"{noun}-{row.pk}", str(row)) for row in rows]


def seen(levels: Sequence[Level]) -> str:
    """Write down what the page shows of a role, one digit a cell."""
    return "".join(str(level.value) for level in levels)


def changes_in(posted: QueryDict) -> list[CellChange]:
    """Return the cells that were set to something else than the page showed."""
    return [change for change in _cells(posted) if change.before != change.after]


def _cells(posted: QueryDict) -> Iterator[CellChange]:
    for name in posted:
        if not name.startswith("seen-") or not name[5:].isdecimal():
            continue
        role_id, digits = int(name[5:]), posted[name]
        for (section, right), digit in zip(CELLS, digits, strict=False):
            wanted = posted.get(f"cell-{role_id}-{section.value}-{right.value}", digit)
            if digit in LEVELS and wanted in LEVELS:
                before, after = Level(int(digit)), Level(int(wanted))
                yield CellChange(role_id, section, right, before, after)


LEVELS = {str(level.value) for level in Level}
