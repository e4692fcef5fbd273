"""Typing in, one clean card out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from paraph.contacts import fields, rules
from paraph.contacts.cards import ContactCard, CustomValue, card_of
from paraph.contacts.models import Company, Contact, ContactType, CustomField, FieldKind
from paraph.contacts.queries import typed_phone
from paraph.people.models import Employee

UNASKED = object()


class PhoneField(forms.CharField):
    """A phone number, however people type it; always ``+33…`` inside."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        try:
            return typed_phone(cast(str, super().clean(value)))
        except rules.NotAPhone as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return rules.readable_phone(value) if value and value.startswith("+") else value


class FurtherField(forms.Field):
    """One of the fields that administrators have added; inside it is what contacts keep."""

    def __init__(self, field: CustomField, *, kept: CustomValue | None = None) -> None:
        super().__init__(
            label=field.label,
            help_text=escape(field.help),
            required=field.is_required,
            widget=_widget(field, kept=kept),
            error_messages={"required": _("Fill this in.")},
        )
        self.field, self.kept = field, kept

    def clean(self, value: Any) -> CustomValue | None:
        typed = cast(str, super().clean(value)) or ""
        if self.kept is not None and typed == fields.plain(self.kept):
            return self.kept  # a choice that is not offered any more may stay
        try:
            return fields.parsed(self.field, typed)
        except fields.NotAValue as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return fields.plain(value)


def _widget(field: CustomField, *, kept: CustomValue | None) -> forms.Widget:
    match FieldKind(field.kind):
        case FieldKind.YES_NO:
            return forms.Select(choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))])
        case FieldKind.CHOICE:
            choices = dict.fromkeys([*field.choices, *([str(kept)] if kept else [])])
            return forms.Select(choices=[("", "–"), *((each, each) for each in choices)])
        case FieldKind.DATE:
            return forms.DateInput(attrs={"type": "date"})
        case FieldKind.LINK:
            return forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
        case FieldKind.NUMBER:
            return forms.TextInput(attrs={"inputmode": "decimal"})
        case _:
            return forms.TextInput(attrs={"maxlength": "2000"})


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
    # Chosen by typing: the text is what people see, the hidden field beside it names the row.
    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Company"),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose a company of the list.")},
    )
    company_text = forms.CharField(label=_("Company"), max_length=200, required=False)
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
    is_shared = forms.BooleanField(
        label=_("Available to everyone"),
        required=False,
        help_text=_("Colleagues whose role reaches shared items see this contact, too."),
    )

    def __init__(
        self,
        *args: Any,
        person: Employee,
        adds_companies: bool = False,
        contact: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        """Who may add companies can name a new one on the way.

        What an incomplete ``contact`` lacks may stay missing.
        """
        super().__init__(*args, **kwargs)
        self.contact, self.initial = contact, initial_of(contact) if contact else {}
        if not adds_companies:
            del self.fields["new_company"]
        companies = cast(forms.ModelChoiceField[Company], self.fields["company"])
        companies.queryset = Company.objects.visible_to(person).clients().order_by("sort_key")
        employees = cast(forms.ModelChoiceField[Employee], self.fields["responsible"])
        # Somebody who left and handed nothing over stays until another one is chosen.
        keeper = Q(pk=contact.responsible_id) if contact else Q()
        employees.queryset = Employee.objects.filter(Q(is_active=True) | keeper)
        self._add_further(contact)
        if contact is None:
            self.fields["responsible"].initial = person.pk
            self.fields["language"].initial = person.language
            return
        for name in set(rules.NEEDED) - rules.needed_of(contact):
            self.fields[name].required = False

    def _add_further(self, contact: Contact | None) -> None:
        kept = contact.custom if contact else {}
        self.further = fields.custom_fields()
        for field in self.further:
            self.fields[field.key] = FurtherField(field, kept=kept.get(field.key))

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """The fields that administrators have added, as the page shows them."""
        return [self[field.key] for field in self.further if field.key in self.fields]

    def only(self, name: str) -> None:
        """Ask for one value alone."""
        names = ("company", "company_text") if name == "company" else (name,)
        self.fields = {each: self.fields[each] for each in names}

    def clean(self) -> dict[str, Any]:
        """Take the company that was chosen, or the one that is called as somebody has typed."""
        typed = cast(dict[str, Any], super().clean())
        if self.add_prefix("company_text") in self.data and "company" in typed:
            typed["company"] = self._called(typed.get("company_text", "").strip())
        return typed

    def _called(self, text: str) -> Company | None:
        chosen = cast("Company | None", self.cleaned_data["company"])
        if not text or (chosen and chosen.name.casefold() == text.casefold()):
            return chosen if text else None
        rows = cast(forms.ModelChoiceField[Company], self.fields["company"]).queryset
        called = list(rows.filter(name__iexact=text)[:2]) if rows else []
        if len(called) != 1:
            self.add_error("company_text", _("Choose a company of the list."))
        return called[0] if len(called) == 1 else None

    def clean_new_company(self) -> str:
        name = cast(str, self.cleaned_data["new_company"])
        if name and self.cleaned_data.get("company"):
            raise forms.ValidationError(_("Choose a company or write a new one, not both."))
        return name

    def card(self) -> ContactCard:
        """Return what was typed; what is not asked for stays as the contact has it."""
        apart = ("new_company", "company_text")
        typed = {name: it for name, it in self.cleaned_data.items() if name not in apart}
        custom = self._custom({each.key: typed.pop(each.key, UNASKED) for each in self.further})
        if self.contact:
            return replace(card_of(self.contact), **typed, custom=custom)
        return ContactCard(**typed, custom=custom)

    def _custom(self, typed: Mapping[str, Any]) -> dict[str, CustomValue]:
        kept: dict[str, CustomValue] = dict(self.contact.custom) if self.contact else {}
        asked = {key: value for key, value in typed.items() if value is not UNASKED}
        return {key: it for key, it in (kept | asked).items() if it is not None}


def initial_of(contact: Contact) -> dict[str, object]:
    """Return a contact's values for the form."""
    names = ("last_name", "first_name", "phone", "email", "position", "type", "language")
    values: dict[str, object] = {name: getattr(contact, name) for name in names}
    return {
        **values,
        "company": contact.company_id,
        "company_text": contact.company.name if contact.company else "",
        "responsible": contact.responsible_id,
        "comment": contact.comment,
        "is_shared": contact.is_shared,
        **contact.custom,
    }


class CompletionForm(forms.Form):
    """What an incomplete contact lacks, and nothing else."""

    phone, email = PhoneField(label=_("Phone")), forms.EmailField(label=_("E-mail"))

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        for name in ("phone", "email"):
            if getattr(contact, name):
                del self.fields[name]
            else:
                self.fields[name] = ContactForm.base_fields[name]

    def card(self) -> ContactCard:
        """Return the contact with what was typed."""
        return replace(card_of(self.contact), **self.cleaned_data)
