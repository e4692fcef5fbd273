"""The further fields of contacts, as administrators arrange them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.contacts.actions.creating import CannotSave
from paraph.contacts.actions.fields import (
    FieldCard,
    archive_field,
    create_field,
    edit_field,
    move_field,
    restore_field,
)
from paraph.contacts.models import CustomField, FieldKind
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request


class FieldForm(forms.Form):
    """A further field. Its kind is chosen once: what contacts hold must go on fitting."""

    label = forms.CharField(
        label=gettext_lazy("Name of the field"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write how the field is called.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=FieldKind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only for a choice from a list: one a line."),
    )
    help = forms.CharField(
        label=gettext_lazy("Help"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Shown below the field, like this line."),
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Must be filled in when a contact is created or edited"), required=False
    )

    def __init__(self, *args: Any, field: CustomField | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(field) if field else {}
        if field:
            del self.fields["kind"]
        if field and field.kind != FieldKind.CHOICE:
            del self.fields["choices"]

    def card(self) -> FieldCard:
        """Return what was typed."""
        typed = self.cleaned_data
        lines = [line.strip() for line in typed.get("choices", "").splitlines()]
        choices = tuple(dict.fromkeys(filter(None, lines)))
        return FieldCard(typed["label"].strip(), typed["help"], typed["is_required"], choices)


@allow(Section.SETTINGS, Right.VIEW)
def fields(request: Request) -> HttpResponse:
    """Show the further fields in their order, and the archived ones."""
    rows = CustomField.objects.all()
    context = {
        "fields": [row for row in rows if row.archived_at is None],
        "archived": [row for row in rows if row.archived_at],
    }
    return render(request, "desk/contacts/further.html", context)


@allow(Section.SETTINGS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Give contacts a further field."""
    form = FieldForm(request.POST or None)
    if form.is_valid():
        kind = FieldKind(form.cleaned_data["kind"])
        try:
            field = create_field(kind, form.card(), by=request.actor, at=request.received_at)
        except CannotSave as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Contacts have the field “%s” now.") % field.label)
            return redirect("contact-field-list")
    return _page(request, form)


@allow(Section.SETTINGS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a field's words or choices."""
    field = get_object_or_404(CustomField, pk=pk)
    form = FieldForm(request.POST or None, field=field)
    if form.is_valid():
        try:
            edit_field(field, form.card(), by=request.actor, at=request.received_at)
        except CannotSave as refused:
            form.add_error(None, refused.reasons)
        else:
            return redirect("contact-field-list")
    return _page(request, form, field)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def arrange(request: Request, pk: int, verb: str) -> HttpResponse:
    """Move a field up or down, archive it, or show it again."""
    field = get_object_or_404(CustomField, pk=pk)
    match verb:
        case "up" | "down" if field.archived_at is None:
            move_field(field, verb)
        case "archive":
            archive_field(field, by=request.actor, at=request.received_at)
        case "restore":
            restore_field(field, by=request.actor, at=request.received_at)
        case _:
            raise Http404
    return redirect("contact-field-list")


def _page(request: Request, form: FieldForm, field: CustomField | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "field": field}
    return render(request, "desk/contacts/further_field.html", context, status=status)


def _initial(field: CustomField) -> dict[str, object]:
    return {
        "label": field.label,
        "choices": "\n".join(field.choices),
        "help": field.help,
        "is_required": field.is_required,
    }
