"""What of the team somebody wants to see, read from the address and put back into links."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from paraph.board.figures.team import WEEKS, Choice, people_of
from paraph.documents.models import Template
from paraph.people.access import Right
from paraph.people.http import Request
from paraph.people.models import Department


class ChoiceForm(forms.Form):
    """The period, the department and the template that the figures are narrowed to."""

    weeks = forms.TypedChoiceField(label=_("Period"), coerce=int, required=False)
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        required=False,
        empty_label=_("All departments"),
    )
    template = forms.ModelChoiceField(
        Template.objects.none(),
        label=_("Template"),
        required=False,
        empty_label=_("All documents"),
    )

    def __init__(self, request: Request) -> None:
        super().__init__(request.GET, auto_id="team-%s")
        weeks = cast("forms.TypedChoiceField", self.fields["weeks"])
        weeks.choices = [(each, _weeks(each)) for each in WEEKS]
        self._field("department").queryset = _departments(request)
        visible = Template.objects.visible_to(request.user, Right.VIEW)
        self._field("template").queryset = visible.order_by("name")

    # Any: the rows may be departments or templates.
    def _field(self, name: str) -> forms.ModelChoiceField[Any]:
        return cast("forms.ModelChoiceField[Any]", self.fields[name])

    def choice(self) -> Choice:
        """Return what was asked for, without what makes no sense."""
        self.is_valid()
        return Choice(
            weeks=self.cleaned_data.get("weeks") or WEEKS[0],
            department=self.cleaned_data.get("department"),
            template=self.cleaned_data.get("template"),
        )


def _weeks(number: int) -> str:
    return ngettext("Last %d week", "Last %d weeks", number) % number


def _departments(request: Request) -> Any:
    """Return the departments in which somebody works whom the reader may look at."""
    paths = set(people_of(request.user).values_list("department__path", flat=True).distinct())
    above = {int(part) for path in paths if path for part in path.strip("/").split("/")}
    return Department.objects.filter(pk__in=above).order_by("path")
