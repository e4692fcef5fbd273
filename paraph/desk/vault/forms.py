"""What people type in the vault: reasons, years, classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.desk.lists.rooms import Asked
from paraph.documents.models import DocumentClass
from paraph.vault.actions.holding import Held
from paraph.vault.models import SignedFile

LONGEST = 100


class ReasonForm(forms.Form):
    """Why something is placed on hold, or need not be any more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues who read this in some years: the case, who asked for it."),
    )


class HoldForm(ReasonForm):
    """What of a signed document is placed on hold, and why."""

    what = forms.ChoiceField(label=_("What must stay"), widget=forms.RadioSelect)
    field_order = ("what", "reason")

    def __init__(self, *args: Any, file: SignedFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._targets: dict[str, Held] = {"document": file.document, "envelope": file.envelope}
        choices = [
            ("document", gettext("This document")),
            ("envelope", gettext("Everything that was signed together with it")),
        ]
        for party in file.envelope.parties.exclude(contact=None).select_related("contact"):
            if party.contact and f"contact-{party.contact_id}" not in self._targets:
                self._targets[f"contact-{party.contact_id}"] = party.contact
                label = (
                    gettext("Everything with %s, also what is yet to come") % party.contact.name
                )
                choices.append((f"contact-{party.contact_id}", label))
        cast(forms.ChoiceField, self.fields["what"]).choices = choices
        self.initial.setdefault("what", "document")

    def target(self) -> Held:
        """Return what was chosen."""
        return self._targets[self.cleaned_data["what"]]


class RetentionForm(forms.Form):
    """How many years each class is kept; an empty field stands for ever."""

    def __init__(self, *args: Any, years: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in DocumentClass.choices:
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=LONGEST,
                required=False,
                initial=years.get(name),
                widget=forms.NumberInput(attrs={"placeholder": gettext("for ever")}),
            )

    def years(self) -> dict[str, int | None]:
        """Return the rule of each class."""
        return dict(self.cleaned_data)


class ChooseClass(Asked):
    """As which class the files are kept from now on."""

    document_class = forms.ChoiceField(label=_("Class"), choices=DocumentClass.choices)

    def given(self) -> dict[str, Any]:
        return {"class": self.cleaned_data["document_class"]}
