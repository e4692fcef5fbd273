"""The rule of a series, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Reset, Series
from paraph.documents.numbering import MOST_PADDING, SeriesCard
from paraph.documents.shipped import as_stored

_MOST = 10**9


class SeriesForm(forms.Form):
    """How documents are numbered."""

    name = forms.CharField(
        label=_("Name"), max_length=80, error_messages={"required": _("Write a name.")}
    )
    before = forms.CharField(
        label=_("Before the number"),
        max_length=30,
        required=False,
        help_text=_("{yyyy}, {yy}, {mm} and {dd} stand for the day."),
    )
    after = forms.CharField(label=_("After the number"), max_length=30, required=False)
    padding = forms.IntegerField(
        label=_("Digits at least"), min_value=1, max_value=MOST_PADDING, initial=4
    )
    step = forms.IntegerField(label=_("Step"), min_value=1, max_value=1000, initial=1)
    start = forms.IntegerField(label=_("First number"), min_value=0, max_value=_MOST, initial=1)
    reset = forms.ChoiceField(label=_("Begins again"), choices=Reset.choices, initial=Reset.YEAR)

    def card(self, kept: Series | None = None) -> SeriesCard:
        """Return what was typed."""
        typed = self.cleaned_data | {"name": as_stored(self.cleaned_data["name"], kept)}
        before, after = typed.pop("before"), typed.pop("after")
        return SeriesCard(**typed, prefix=before, suffix=after)


def rule_of(series: Series) -> dict[str, Any]:
    """Return the rule of a series as its form shows it."""
    kept = {"before": "prefix", "after": "suffix"}
    rule = {name: getattr(series, kept.get(name, name)) for name in SeriesForm.base_fields}
    return rule | {"name": str(series)}
