"""What is typed about people, departments and groups."""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.desk.contacts.forms import PhoneField
from paraph.people.actions.departments import Branch
from paraph.people.actions.inviting import Acceptance
from paraph.people.actions.joining import NewEmployee
from paraph.people.models import Department, Employee, Group, Role
from paraph.people.queries import tree

EMAIL_ERRORS = {
    "required": _("Write the e-mail address: one signs in with it."),
    "invalid": _("Write an e-mail address, like ada@example.org."),
}


class DepartmentField(forms.ChoiceField):
    """A department out of the tree, drawn with its depth; the value is the row, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, choices=_departments, **kwargs)

    def clean(self, value: Any) -> Any:
        pk = super().clean(value)
        found = Department.objects.filter(pk=pk).first() if pk else None
        if pk and found is None:  # deleted at this very moment
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": pk})
        return found


def _departments() -> list[tuple[str, str]]:
    rows = [(str(row.department.pk), row.indent + row.department.name) for row in tree()]
    return [("", "–"), *rows]


@cache
def _zones() -> list[tuple[str, str]]:
    return [
        (zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone
    ]


def _phone() -> PhoneField:
    return PhoneField(label=_("Phone"), required=False)


def _zone() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"), choices=_zones, help_text=_("Times on the pages are shown in it.")
    )


class ProfileForm(forms.Form):
    """What people say of themselves."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        error_messages={"required": _("Write the first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        error_messages={"required": _("Write the last name.")},
    )
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    phone = _phone()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = _zone()


class EmployeeForm(ProfileForm):
    """What an administrator writes about somebody."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, error_messages=EMAIL_ERRORS)
    department = DepartmentField(label=_("Department"))
    field_order = ("first_name", "last_name", "email", "department", "position", "phone")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class InvitationForm(forms.Form):
    """Somebody to be invited: an address is enough, the rest helps."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, error_messages=EMAIL_ERRORS)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    department = DepartmentField(label=_("Department"))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the letter.")
    )
    roles = forms.ModelMultipleChoiceField(
        Role.objects.order_by("pk"),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def new(self) -> NewEmployee:
        """Return who is to be invited."""
        typed = {name: it for name, it in self.cleaned_data.items() if name != "roles"}
        return NewEmployee(**typed)

    def roles_chosen(self) -> Sequence[Role]:
        """Return the roles the person begins with."""
        return list(self.cleaned_data["roles"])


class WelcomeForm(forms.Form):
    """What who was invited says at the door."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        error_messages={"required": _("Write your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        error_messages={"required": _("Write your last name.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text=_("At least ten characters, and none of the passwords that everybody guesses."),
        error_messages={"required": _("Choose a password.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = _zone()

    def __init__(self, *args: Any, person: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.person.first_name = typed.get("first_name", "")
        self.person.last_name = typed.get("last_name", "")
        if password := typed.get("password"):
            try:
                validate_password(password, self.person)
            except ValidationError as problem:
                self.add_error("password", problem)
        return typed

    def acceptance(self) -> Acceptance:
        """Return what was chosen."""
        return Acceptance(**self.cleaned_data)


class DepartmentForm(forms.Form):
    """A branch of the tree."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write how the department is called.")},
    )
    parent = DepartmentField(label=_("Below"))
    head = forms.ModelChoiceField(
        Employee.objects.none(),
        label=_("Head"),
        required=False,
        empty_label="–",
        help_text=_("Supervises everything of the people in it and below it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["head"]).queryset = Employee.objects.filter(is_active=True)

    def branch(self) -> Branch:
        """Return what was typed."""
        return Branch(**self.cleaned_data)


class GroupForm(forms.Form):
    """A circle of people."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write how the group is called.")},
    )
    members = forms.ModelMultipleChoiceField(
        Employee.objects.none(),
        label=_("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "circle"}),
    )

    def __init__(self, *args: Any, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who left stays in the group for a return, unless somebody takes them out.
        offered = Q(left_at=None)
        if group is not None:
            offered |= Q(pk__in=group.members.values("pk"))
        cast("Any", self.fields["members"]).queryset = Employee.objects.filter(offered)


class LeavingForm(forms.Form):
    """Who takes over what somebody was responsible for."""

    heir = forms.ModelChoiceField(
        Employee.objects.none(),
        label=_("Who takes over?"),
        required=False,
        empty_label=_("Nobody: it stays under their name"),
    )

    def __init__(self, *args: Any, leaver: Employee) -> None:
        super().__init__(*args)
        others = Employee.objects.filter(is_active=True).exclude(pk=leaver.pk)
        cast("Any", self.fields["heir"]).queryset = others
