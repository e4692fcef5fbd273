"""Requisites in, one clean value out."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.contacts.cards import Requisites
from paraph.contacts.models import Company
from paraph.desk.contacts.forms import PhoneField
from paraph.people.models import Employee

COUNTRIES = [
    ("AT", _("Austria")),
    ("BE", _("Belgium")),
    ("CZ", _("Czechia")),
    ("FR", _("France")),
    ("DE", _("Germany")),
    ("IE", _("Ireland")),
    ("IT", _("Italy")),
    ("LU", _("Luxembourg")),
    ("NL", _("Netherlands")),
    ("PL", _("Poland")),
    ("PT", _("Portugal")),
    ("ES", _("Spain")),
    ("CH", _("Switzerland")),
    ("GB", _("United Kingdom")),
    ("US", _("United States")),
]


class CompanyForm(forms.Form):
    """The requisites of a company: ours or a client's."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name.")}
    )
    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="FR")
    tax_number = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=40, required=False
    )
    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    bank = forms.CharField(label=_("Bank"), max_length=120, required=False)
    iban = forms.CharField(label="IBAN", max_length=42, required=False)
    bic = forms.CharField(label="BIC", max_length=11, required=False)
    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("Used on signing pages and messages."),
        widget=forms.TextInput(attrs={"type": "color"}),
        initial="#1f4e5f",
    )
    director = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True),
        label=_("Director"),
        help_text=_("Signs for the company; the e-mail address is the account's."),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, is_ours: bool, **kwargs: Any) -> None:
        """A client's company has no director among our employees and no colour of its own."""
        super().__init__(*args, **kwargs)
        if not is_ours:
            del self.fields["director"], self.fields["colour"]

    def clean_iban(self) -> str:
        iban = re.sub(r"\s", "", self.cleaned_data["iban"]).upper()
        if iban and not _is_iban(iban):
            raise forms.ValidationError(_("This IBAN has a typing mistake: check its digits."))
        return iban

    def clean_colour(self) -> str:
        colour = cast(str, self.cleaned_data["colour"])
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise forms.ValidationError(_("Write a colour like #1f4e5f."))
        return colour

    def requisites(self) -> Requisites:
        """Return what was typed."""
        return Requisites(**self.cleaned_data)


class PictureForm(forms.Form):
    """One picture of a company."""

    picture = forms.FileField(
        label=_("PNG or JPEG, at most 3 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": _("Choose a picture first.")},
    )


def initial_of(company: Company) -> dict[str, Any]:
    """Return a company's values for the form."""
    return {name: getattr(company, name) for name in CompanyForm.base_fields}


def _is_iban(iban: str) -> bool:
    """Check the two check digits (ISO 13616: the rearranged number modulo 97 is 1)."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", iban):
        return False
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
