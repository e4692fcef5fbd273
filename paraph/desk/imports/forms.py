"""The file, and what its columns mean."""

from __future__ import annotations

from collections import Counter
from typing import Any

import phonenumbers
from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paraph.contacts import rules
from paraph.contacts.importing.columns import FULL_NAME, targets
from paraph.contacts.importing.models import Duplicates, Import
from paraph.contacts.models import ContactType
from paraph.contacts.queries import home_country
from paraph.kit.search import normalise
from paraph.people.models import Employee

TYPES = ".csv,.tsv,.txt,.xlsx,.xls,.ods,.vcf,.vcard,text/csv,text/vcard"
EXAMPLES = 3


class FileForm(forms.Form):
    """A file of contacts."""

    file = forms.FileField(
        label=gettext_lazy("CSV, Excel (XLSX) or vCard"),
        widget=forms.ClearableFileInput(attrs={"accept": TYPES}),
        help_text=gettext_lazy(
            "Up to 50 MB. Nothing changes before you have seen what it would do."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_BYTES:
            raise forms.ValidationError(_("This file is larger than 50 MB. Divide it."))
        return file


class ColumnsForm(forms.Form):
    """What each column means, and what holds for all rows."""

    has_heading = forms.BooleanField(
        label=gettext_lazy("The first row names the columns"), required=False
    )
    duplicates = forms.ChoiceField(
        label=gettext_lazy("Who is in the directory already"),
        choices=Duplicates.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Known again by e-mail or phone together with the name, or by e-mail and phone."
        ),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of phone numbers without a country code")
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Contact type, where the file has none"), choices=ContactType.choices
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language, where the file has none"), choices=settings.LANGUAGES
    )
    responsible = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True),
        label=gettext_lazy("Responsible, where the file has none"),
        empty_label=None,
    )

    def __init__(self, *args: Any, given: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._given = given
        self.fields["country"] = self._countries()
        meanings = [("", _("Leave out")), *((it.key, it.label) for it in targets())]
        for number, name in enumerate(given.heading):
            field = forms.ChoiceField(choices=meanings, required=False, label=name or str(number))
            self.fields[f"column_{number}"] = field
        self.initial = {**self.initial, **_initial(given)}

    def _countries(self) -> forms.ChoiceField:
        names = Locale.parse(get_language() or "en").territories
        named = {str(names.get(code, code)): code for code in phonenumbers.SUPPORTED_REGIONS}
        choices = [(named[name], name) for name in sorted(named, key=normalise)]
        return forms.ChoiceField(label=self.fields["country"].label, choices=choices)

    def rows(self) -> list[dict[str, object]]:
        """Return each column as the page shows it: its name, a few cells, what it means."""
        first = 1 if self._given.has_heading else 0
        cells = self._given.sample[first:]
        shown = []
        for number, name in enumerate(self._given.heading):
            filled = [row[number] for row in cells if number < len(row) and row[number].strip()]
            examples = list(dict.fromkeys(filled))[:EXAMPLES]
            shown.append({"name": name, "cells": examples, "field": self[f"column_{number}"]})
        return shown

    def columns(self) -> list[str]:
        """Return what the columns mean, in their order."""
        numbers = range(len(self._given.heading))
        return [self.cleaned_data.get(f"column_{number}", "") for number in numbers]

    def clean(self) -> dict[str, Any]:
        """See to it that names are there, and that nothing is meant twice."""
        meant = [it for it in self.columns() if it]
        labels = {it.key: str(it.label) for it in targets()}
        for key, times in Counter(meant).items():
            if times > 1:
                self.add_error(
                    None, _("Two columns are “%s”. Leave one of them out.") % labels[key]
                )
        if FULL_NAME not in meant and not set(rules.NAMES) <= set(meant):
            self.add_error(
                None,
                _("Say which columns are the last name and the first name, or the full name."),
            )
        return self.cleaned_data

    def choices(self) -> dict[str, Any]:
        """Return what was chosen, as the action takes it."""
        clean = self.cleaned_data
        return {
            "columns": self.columns(),
            "has_heading": clean["has_heading"],
            "duplicates": clean["duplicates"],
            "defaults": {
                "country": clean["country"],
                "type": clean["type"],
                "language": clean["language"],
                "responsible": clean["responsible"].pk,
            },
        }


def _initial(given: Import) -> dict[str, Any]:
    usual = {
        "country": home_country(),
        "type": "client",
        "language": given.owner.language,
        "responsible": given.owner_id,
    }
    columns = {f"column_{number}": key for number, key in enumerate(given.columns)}
    kept = {"has_heading": given.has_heading, "duplicates": given.duplicates}
    return {**usual, **given.defaults, **kept, **columns}
