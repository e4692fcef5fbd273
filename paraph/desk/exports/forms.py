"""Which rows, which columns, which kind of file."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.contacts.exporting.writing import Format
from paraph.contacts.listing import contact_listing
from paraph.desk.lists.asking import selection_of
from paraph.kit.listing import Selection
from paraph.people.http import Request

EVERYTHING, FILTERED, SELECTED = "everything", "filtered", "selected"
FORMATS = [
    (Format.CSV, _("CSV, for Excel and other programs")),
    (Format.XLSX, _("Excel (XLSX)")),
    (Format.VCARD, _("vCard 4.0, for address books")),
    (Format.VCARD3, _("vCard 3.0, for Outlook and older phones")),
]
ROWS = {
    EVERYTHING: _("Everything that I may export"),
    FILTERED: _("What the list shows with its search and filters"),
    SELECTED: _("The selected contacts"),
}
COLUMNS = [("all", _("All columns")), ("visible", _("The columns that my list shows"))]


class ExportForm(forms.Form):
    """What somebody wants in the file; offers only the choices of rows that there are."""

    rows = forms.ChoiceField(label=_("Contacts"), widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("File"), widget=forms.RadioSelect, choices=FORMATS)
    columns = forms.ChoiceField(
        label=_("Columns"),
        widget=forms.RadioSelect,
        choices=COLUMNS,
        help_text=_("A vCard always has everything."),
    )
    selection = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Mapping[str, Selection | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offered
        rows = cast(forms.ChoiceField, self.fields["rows"])
        rows.choices = [(name, ROWS[name]) for name in offered]
        kept = {name: chosen.to_json() for name, chosen in offered.items() if chosen}
        usual = {"rows": list(offered)[-1], "format": Format.CSV, "columns": "all"}
        self.initial = {**self.initial, **usual, "selection": json.dumps(kept)}

    def chosen(self) -> Selection | None:
        """Return the chosen rows; nothing stands for everything."""
        return self._offered[self.cleaned_data["rows"]]


def offered(request: Request) -> dict[str, Selection | None]:
    """Return what can be exported from where somebody stands: all, filtered, selected.

    The list hands over its address and the chosen rows; the form hands over what it was given.
    """
    query = request.POST if request.method == "POST" else request.GET
    choices: dict[str, Selection | None] = {EVERYTHING: None}
    with suppress(ValueError, TypeError):  # a touched selection is none
        for name, kept in _kept(query.get("selection", "")).items():
            choices[name] = Selection.from_json(kept)
    if FILTERED not in choices and (criteria := contact_listing().criteria(query)):
        choices[FILTERED] = Selection(criteria=criteria)
    chosen = selection_of(request, contact_listing())
    if chosen.ids or chosen.criteria is not None:
        choices[SELECTED] = chosen
    return {name: choices[name] for name in ROWS if name in choices}


def _kept(text: str) -> dict[str, dict[str, Any]]:
    """Read what a list or this form wrote; whatever else an address brings is ignored."""
    try:
        kept = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(kept, dict):
        return {}
    if "ids" in kept or "criteria" in kept:
        kept = {SELECTED: kept}
    return {name: it for name, it in kept.items() if name in ROWS and isinstance(it, dict)}
