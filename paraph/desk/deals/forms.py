"""What people type about a deal, as clean cards and lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.desk.money import currency_choices
from paraph.kit.search import SearchQuerySet
from paraph.people.models import Employee
from paraph.sales.choices import DealCard, ProductLine
from paraph.sales.models import Deal, DealStage, Pipeline, ProductRow, Source

from .fields import NumberField

HIGHEST = Decimal("999999999999.999")


class DealForm(forms.Form):
    """A deal as it is begun, or edited."""

    title = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Write what the deal is about.")},
    )
    stage = forms.ModelChoiceField(DealStage.objects.none(), label=_("Stage"), empty_label=None)
    client = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Client company"),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose a company of the list.")},
    )
    client_text = forms.CharField(label=_("Client company"), max_length=200, required=False)
    contact = forms.ModelChoiceField(
        Contact.objects.none(),
        label=_("Contact"),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose a contact of the list.")},
    )
    contact_text = forms.CharField(label=_("Contact"), max_length=200, required=False)
    amount = NumberField(
        label=_("Amount"),
        places=3,
        most=HIGHEST,
        is_price=True,
        required=False,
        help_text=_("Product rows, once there are some, decide the amount."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)
    expected_on = forms.DateField(
        label=_("Expected close"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )
    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("We sell as"), required=False, empty_label=None
    )
    responsible = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Responsible"), empty_label=None
    )
    source = forms.ChoiceField(label=_("Source"), required=False)
    is_shared = forms.BooleanField(label=_("Available to everyone"), required=False)
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, person: Employee, pipeline: Pipeline, **kwargs: Any) -> None:
        """Offer what the person may see, and the stages of one pipeline."""
        super().__init__(*args, **kwargs)
        self.person = person
        _choice(self, "stage").queryset = pipeline.stages.all()
        _choice(self, "client").queryset = Company.objects.visible_to(person).clients()
        _choice(self, "contact").queryset = Contact.objects.visible_to(person)
        ours = Company.objects.ours().order_by("id")
        _choice(self, "company").queryset = ours
        if len(ours[:2]) < 2:
            self.fields["company"].widget = forms.HiddenInput()
        _choice(self, "responsible").queryset = Employee.objects.filter(is_active=True)
        source = cast(forms.ChoiceField, self.fields["source"])
        source.choices = [("", gettext("Not known")), *Source.choices]

    def clean(self) -> dict[str, Any]:
        """Take a company or contact that was only typed, if it is clear which one is meant."""
        typed = self.cleaned_data
        for name, words in (
            ("client", gettext("No company is called that. Choose one of the list, or add it.")),
            (
                "contact",
                gettext("Nobody is called that. Choose somebody of the list, or add them."),
            ),
        ):
            text = typed.get(f"{name}_text", "").strip()
            if text and not typed.get(name) and name not in self.errors:
                typed[name] = self._meant(name, text)
                if typed[name] is None:
                    self.add_error(f"{name}_text", words)
        return typed

    def card(self) -> DealCard:
        """Return what was typed."""
        names = DealCard.__dataclass_fields__
        return DealCard(**{name: self.cleaned_data[name] for name in names})

    def _meant(self, name: str, text: str) -> Company | Contact | None:
        """Return the one row that is called this, if there is exactly one."""
        rows = cast("SearchQuerySet[Any]", _choice(self, name).queryset)
        found = [row for row in rows.matching(text)[:20] if _is_called(row, text)]
        return found[0] if len(found) == 1 else None


class LineForm(forms.Form):
    """One product row."""

    name = forms.CharField(
        label=_("Product"),
        max_length=200,
        error_messages={"required": _("Write the name of the product.")},
    )
    quantity = NumberField(label=_("Quantity"), places=3, most=Decimal(10) ** 8)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    price = NumberField(label=_("Unit price"), places=4, is_price=True, required=False)
    discount = NumberField(label=_("Discount, %"), places=2, most=Decimal(100), required=False)
    tax_rate = NumberField(label=_("Tax, %"), places=2, most=Decimal(100), required=False)

    def line(self) -> ProductLine:
        """Return what was typed."""
        return ProductLine(**self.cleaned_data)


class PersonForm(forms.Form):
    """Somebody who takes part in a deal; the view looks up who is meant."""

    contact = forms.CharField(required=False, widget=forms.HiddenInput)
    contact_text = forms.CharField(label=_("Add a person"), required=False)


class RemarkForm(forms.Form):
    """A remark beside the deal."""

    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


def lines_typed(typed: QueryDict, *, has_empty: bool) -> list[LineForm]:
    """Return the product rows of a form that repeats its fields, with or without empty rows."""
    names = list(LineForm.base_fields)
    columns = [typed.getlist(name) for name in names]
    rows = zip(*columns, strict=False)
    filled = [row for row in rows if has_empty or row[0].strip() or row[3].strip()]
    return [
        LineForm(dict(zip(names, row, strict=True)), auto_id=f"row-{number}-%s")
        for number, row in enumerate(filled)
    ]


def lines_of(rows: Sequence[ProductRow | ProductLine]) -> list[LineForm]:
    """Return rows as forms that can be edited."""
    return [
        LineForm(
            initial={name: getattr(row, name) for name in LineForm.base_fields},
            auto_id=f"row-{number}-%s",
        )
        for number, row in enumerate(rows)
    ]


def initial_of(deal: Deal) -> dict[str, object]:
    """Return a deal's values for the form."""
    plain = ("title", "amount", "currency", "expected_on", "source", "is_shared", "comment")
    rows = ("stage", "client", "contact", "company", "responsible")
    values: dict[str, object] = {name: getattr(deal, name) for name in plain}
    values |= {name: getattr(deal, f"{name}_id") for name in rows}
    return values | {
        "client_text": deal.client.name if deal.client else "",
        "contact_text": deal.contact.name if deal.contact else "",
    }


def _is_called(row: Company | Contact, text: str) -> bool:
    return row.name.casefold() == text.casefold()


def _choice(form: forms.Form, name: str) -> forms.ModelChoiceField[Any]:
    return cast("forms.ModelChoiceField[Any]", form.fields[name])
