"""Typing in, one clean card out."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.contacts import rules
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Company, Contact, ContactType
from paraph.people.models import Employee


class PhoneField(forms.CharField):
    """A phone number, however people type it; always ``+33…`` inside."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        try:
            return rules.e164(cast(str, super().clean(value)))
        except rules.NotAPhone as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return rules.readable_phone(value) if value and value.startswith("+") else value


class ContactForm(forms.Form):
    """A contact, as it is created from the list, from a document's preparation, or edited."""

    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        error_messages={"required": _("Write the last name.")},
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        error_messages={"required": _("Write the first name.")},
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("The link to sign is sent here. Any way of writing it is fine."),
        error_messages={"required": _("Write the phone number: the link to sign is sent there.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Write the e-mail address: the signed document is sent there."),
            "invalid": _("Write an e-mail address, like ada@example.org."),
        },
    )
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("Company"), required=False, empty_label=_("None")
    )
    new_company = forms.CharField(label=_("Or a new company"), max_length=200, required=False)
    type = forms.ChoiceField(label=_("Contact type"), choices=ContactType.choices)
    responsible = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Responsible"), empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Messages and signing pages speak this language."),
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, person: Employee, adds_companies: bool = False, **kwargs: Any
    ) -> None:
        """Who may add companies can name a new one on the way."""
        super().__init__(*args, **kwargs)
        if not adds_companies:
            del self.fields["new_company"]
        companies = cast(forms.ModelChoiceField[Company], self.fields["company"])
        companies.queryset = Company.objects.visible_to(person).clients().order_by("sort_key")
        employees = cast(forms.ModelChoiceField[Employee], self.fields["responsible"])
        employees.queryset = Employee.objects.filter(is_active=True)
        self.fields["responsible"].initial = person.pk
        self.fields["language"].initial = person.language

    def clean_new_company(self) -> str:
        name = cast(str, self.cleaned_data["new_company"])
        if name and self.cleaned_data.get("company"):
            raise forms.ValidationError(_("Choose a company or write a new one, not both."))
        return name

    def card(self) -> ContactCard:
        """Return what was typed."""
        typed = {name: it for name, it in self.cleaned_data.items() if name != "new_company"}
        return ContactCard(**typed)


def initial_of(contact: Contact) -> dict[str, object]:
    """Return a contact's values for the form."""
    names = ("last_name", "first_name", "phone", "email", "position", "type", "language")
    values: dict[str, object] = {name: getattr(contact, name) for name in names}
    return values | {
        "company": contact.company_id,
        "responsible": contact.responsible_id,
        "comment": contact.comment,
    }
