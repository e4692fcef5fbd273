"""What people type about templates."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.documents.choices import TemplateCard
from paraph.documents.intake import Upload
from paraph.documents.models import DocumentClass, Series, Template
from paraph.documents.shipped import as_stored
from paraph.people.models import Employee
from paraph.sales.models import Deal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DEALS = 60


class FileForm(forms.Form):
    """A Word file."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A DOCX in which names in braces stand for values, like {contact.name}."),
        allow_empty_file=True,  # the intake says what is wrong with it
        widget=forms.FileInput(attrs={"accept": f".docx,.docm,{DOCX}"}),
        error_messages={"required": _("Choose a Word file.")},
    )

    def upload(self) -> Upload:
        """Return the file as the intake wants it."""
        file = self.cleaned_data["file"]
        return Upload(file.name or "", file.read())


class CardForm(forms.Form):
    """What is written about a template."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("It begins the title of each document, like “Invoice”."),
        error_messages={"required": _("Write a name.")},
    )
    document_class = forms.ChoiceField(label=_("Makes"), choices=DocumentClass.choices)
    language = forms.ChoiceField(label=_("Language"), required=False)
    series = forms.ModelChoiceField(
        Series.objects.all(), label=_("Numbering"), required=False, empty_label=_("No numbers")
    )
    responsible = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True), label=_("Responsible"), empty_label=None
    )
    is_shared = forms.BooleanField(label=_("Available to everyone"), required=False, initial=True)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the languages; none means that of the client."""
        super().__init__(*args, **kwargs)
        choices = [("", _("In the client’s language")), *settings.LANGUAGES]
        cast("forms.ChoiceField", self.fields["language"]).choices = choices

    def card(self, kept: Template | None = None) -> TemplateCard:
        """Return what was typed."""
        typed = {name: self.cleaned_data[name] for name in CardForm.base_fields}
        return TemplateCard(**typed | {"name": as_stored(typed["name"], kept)})


class NewTemplateForm(CardForm, FileForm):
    """A new template: its file and what is written about it."""

    field_order = ("file", "name")


class DealForm(forms.Form):
    """The deal whose values are shown."""

    deal = forms.ModelChoiceField(
        Deal.objects.none(), label=_("Values of"), required=False, empty_label=_("No deal")
    )

    def __init__(self, *args: Any, person: Employee, **kwargs: Any) -> None:
        """Offer the deals that were touched last."""
        super().__init__(*args, **kwargs)
        rows = Deal.objects.visible_to(person)
        newest = rows.order_by("-edited_at", "-id").values_list("pk", flat=True)[:_DEALS]
        field = cast("forms.ModelChoiceField[Deal]", self.fields["deal"])
        field.queryset = rows.filter(pk__in=list(newest)).order_by("-edited_at", "-id")


def card_of(template: Template) -> dict[str, Any]:
    """Return what is written about a template, as its form shows it."""
    card = {name: getattr(template, name) for name in CardForm.base_fields}
    return card | {"name": str(template)}
