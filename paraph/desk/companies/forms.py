"""Requisites in, one clean value out: each country asks for its own numbers."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.contacts import requisites as checking
from paraph.contacts.cards import Requisites
from paraph.contacts.company_listing import country_choices
from paraph.contacts.models import Company
from paraph.desk.contacts.forms import PhoneField
from paraph.people.models import Employee

FURTHER = "further_"
"""Stands before the names of what only one country asks for."""
_OURS = ("director", "colour")


class CompanyForm(forms.Form):
    """The requisites of a company: ours or a client's."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name.")}
    )
    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, initial="FR")
    legal_form = forms.CharField(label=_("Legal form"), max_length=60, required=False)
    capital = forms.CharField(label=_("Share capital"), max_length=60, required=False)
    tax_number = forms.CharField(max_length=40, required=False)
    registration_number = forms.CharField(max_length=60, required=False)
    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address, like ada@example.org.")},
    )
    phone = PhoneField(label=_("Phone"), required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    bank = forms.CharField(label=_("Bank"), max_length=120, required=False)
    iban = forms.CharField(label="IBAN", max_length=42, required=False)
    bic = forms.CharField(label="BIC", max_length=14, required=False)
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

    def __init__(
        self,
        *args: Any,
        is_ours: bool,
        country: str = "FR",
        kept: Company | None = None,
        **kwargs: Any,
    ) -> None:
        """A client's company has no director among our employees and no colour of its own.

        What is ``kept`` already may stay although it does not check.
        """
        super().__init__(*args, **kwargs)
        self.known = checking.of_country(country)
        self.kept = _compact(kept.values) if kept else {}
        self.elsewhere = _elsewhere(kept, self.known)
        if not is_ours:
            for name in _OURS:
                del self.fields[name]
        self.fields["country"].initial = country
        self.fields["legal_form"].help_text = _like(self.known.legal_form)
        for number in self.known.numbers:
            self._ask_for(number)

    @property
    def further(self) -> list[forms.BoundField]:
        """Return the fields that only this country asks for."""
        return [self[FURTHER + number.name] for number in self.known.further]

    def clean_colour(self) -> str:
        colour = cast(str, self.cleaned_data["colour"])
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise forms.ValidationError(gettext("Write a colour like #1f4e5f."))
        return colour

    def clean(self) -> dict[str, Any]:
        """Mark each number that does not check; one that was there before may stay."""
        country = self.cleaned_data.get("country", "")
        for name, words in checking.doubts(country, self._normalised(country)).items():
            field = FURTHER + name if FURTHER + name in self.fields else name
            typed = _mere(self.cleaned_data.get(field, ""))
            if field in self.fields and typed != self.kept.get(name):
                self.add_error(field, words)
        return self.cleaned_data

    def requisites(self) -> Requisites:
        """Return what was typed."""
        typed = {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith(FURTHER)
        }
        return Requisites(**typed, further=self._further() | self.elsewhere)

    def _ask_for(self, number: checking.Number) -> None:
        is_own = number.name in self.fields
        name = number.name if is_own else FURTHER + number.name
        if not is_own:
            self.fields[name] = forms.CharField(max_length=60, required=False)
        self.fields[name].label = str(number.label)
        self.fields[name].help_text = _like(number.example)

    def _further(self) -> dict[str, str]:
        names = [number.name for number in self.known.further]
        return {name: self.cleaned_data.get(FURTHER + name, "") for name in names}

    def _normalised(self, country: str) -> dict[str, str]:
        """Return the numbers as they would be stored."""
        given: Mapping[str, str] = self.cleaned_data | self._further()
        values = {
            number.name: number.normalised(given.get(number.name, ""))
            for number in checking.of_country(country).numbers
        }
        iban = checking.iban_normalised(given.get("iban", ""))
        return values | {"iban": iban, "bic": given.get("bic", "")}


class PictureForm(forms.Form):
    """One picture of a company."""

    picture = forms.FileField(
        label=_("PNG or JPEG, at most 3 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": _("Choose a picture first.")},
    )


def initial_of(company: Company) -> dict[str, Any]:
    """Return a company's values for the form, numbers in the groups people read them in."""
    values = {name: getattr(company, name) for name in CompanyForm.base_fields}
    for number in checking.of_country(company.country).numbers:
        if number.name in values:
            values[number.name] = number.grouped(values[number.name])
        else:
            shown = number.grouped(company.further.get(number.name, ""))
            values[FURTHER + number.name] = shown
    return values | {"iban": checking.grouped_iban(company.iban)}


def _like(example: str) -> str:
    return gettext("For example %s") % example if example else ""


def _mere(typed: object) -> str:
    """Return letters and digits alone, to see whether a number is the one that was there."""
    return re.sub(r"[\W_]", "", str(typed or "")).upper()


def _compact(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _mere(value) for name, value in values.items()}


def _elsewhere(kept: Company | None, known: checking.Country) -> dict[str, str]:
    """Return what another country asked for: it is not shown, and not lost."""
    names = {number.name for number in known.further}
    further = kept.further if kept else {}
    return {name: value for name, value in further.items() if name not in names}
