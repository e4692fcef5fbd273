"""Every placeholder that a template may name: what it is called, what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class ValueKind(StrEnum):
    """How a value is typed when somebody writes another one over it."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True)
class Placeholder:
    """One name of the catalogue."""

    name: str
    label: Words
    kind: ValueKind = ValueKind.TEXT
    is_worked_out: bool = False  # from the deal's rows: changed there, never typed over
    may_be_empty: bool = False  # people have no such thing as often as they have it

    @property
    def group(self) -> str:
        return group_of(self.name)

    @property
    def written(self) -> str:
        """How it stands in a template."""
        return "{" + self.name + "}"


def group_of(name: str) -> str:
    """Return what a placeholder is about, by its name."""
    return name.partition(".")[0] if "." in name else "document"


GROUPS: Mapping[str, Words] = {
    "document": _("This document"),
    "contact": _("Contact"),
    "company": _("Client company"),
    "my": _("Our company"),
    "deal": _("Deal"),
    "employee": _("Responsible employee"),
    "totals": _("Totals"),
    "rows": _("Product rows (one table row is repeated)"),
    "tax_rows": _("Tax rows (one table row is repeated)"),
}

_COMPANY = (
    ("name", _("Name"), ValueKind.TEXT, False),
    ("legal_name", _("Legal name"), ValueKind.TEXT, True),
    ("legal_form", _("Legal form"), ValueKind.TEXT, True),
    ("capital", _("Share capital"), ValueKind.TEXT, True),
    ("tax_number", _("Tax number"), ValueKind.TEXT, False),
    ("registration_number", _("Registration number"), ValueKind.TEXT, True),
    ("siret", _("SIRET"), ValueKind.TEXT, True),
    ("rcs", _("Trade register (RCS)"), ValueKind.TEXT, True),
    ("regon", _("REGON"), ValueKind.TEXT, True),
    ("steuernummer", _("Tax number (Steuernummer)"), ValueKind.TEXT, True),
    ("address", _("Address"), ValueKind.LINES, False),
    ("street", _("Street"), ValueKind.TEXT, True),
    ("postcode", _("Postcode"), ValueKind.TEXT, True),
    ("city", _("City"), ValueKind.TEXT, True),
    ("country", _("Country"), ValueKind.TEXT, True),
    ("email", _("E-mail"), ValueKind.TEXT, True),
    ("phone", _("Phone"), ValueKind.TEXT, True),
    ("website", _("Website"), ValueKind.TEXT, True),
    ("bank", _("Bank"), ValueKind.TEXT, True),
    ("iban", _("IBAN"), ValueKind.TEXT, True),
    ("bic", _("BIC"), ValueKind.TEXT, True),
)

_PEOPLE = (
    Placeholder("contact.name", _("First and last name")),
    Placeholder("contact.first_name", _("First name")),
    Placeholder("contact.last_name", _("Last name")),
    Placeholder("contact.position", _("Position"), may_be_empty=True),
    Placeholder("contact.email", _("E-mail")),
    Placeholder("contact.phone", _("Phone")),
    Placeholder("employee.name", _("First and last name")),
    Placeholder("employee.first_name", _("First name")),
    Placeholder("employee.last_name", _("Last name")),
    Placeholder("employee.position", _("Position"), may_be_empty=True),
    Placeholder("employee.email", _("E-mail")),
    Placeholder("employee.phone", _("Phone"), may_be_empty=True),
    Placeholder("my.director", _("Director")),
    Placeholder("my.director_position", _("Position of the director"), may_be_empty=True),
)

_DOCUMENT = (
    Placeholder("number", _("Number of the document"), is_worked_out=True),
    Placeholder("today", _("Date of the document"), ValueKind.DATE),
    Placeholder("due", _("To be paid by"), ValueKind.DATE),
    Placeholder("deal.title", _("Title")),
    Placeholder("deal.amount", _("Amount"), ValueKind.MONEY, is_worked_out=True),
    Placeholder("deal.currency", _("Currency"), is_worked_out=True),
    Placeholder("deal.expected_on", _("Expected close"), ValueKind.DATE, may_be_empty=True),
    Placeholder("deal.created_on", _("Begun"), ValueKind.DATE),
    Placeholder("deal.stage", _("Stage"), may_be_empty=True),
    Placeholder("deal.comment", _("Comment"), ValueKind.LINES, may_be_empty=True),
)


def _sum(name: str, label: Words) -> Placeholder:
    kind = ValueKind.MONEY
    return Placeholder(name, label, kind, is_worked_out=True, may_be_empty=True)


_FIGURES = (
    _sum("totals.before_discount", _("Before discounts")),
    _sum("totals.discount", _("Discounts")),
    _sum("totals.net", _("Net")),
    _sum("totals.tax", _("Tax")),
    _sum("totals.gross", _("Total with tax")),
    Placeholder("rows.number", _("Number of the row"), ValueKind.NUMBER, is_worked_out=True),
    Placeholder("rows.name", _("Product"), is_worked_out=True),
    Placeholder("rows.quantity", _("Quantity"), ValueKind.NUMBER, is_worked_out=True),
    Placeholder("rows.unit", _("Unit"), is_worked_out=True, may_be_empty=True),
    _sum("rows.price", _("Unit price")),
    Placeholder(
        "rows.discount", _("Discount"), ValueKind.PERCENT, is_worked_out=True, may_be_empty=True
    ),
    Placeholder(
        "rows.tax_rate", _("Tax rate"), ValueKind.PERCENT, is_worked_out=True, may_be_empty=True
    ),
    _sum("rows.net", _("Net")),
    _sum("rows.tax", _("Tax")),
    _sum("rows.gross", _("Total with tax")),
    Placeholder("tax_rows.rate", _("Tax rate"), ValueKind.PERCENT, is_worked_out=True),
    _sum("tax_rows.base", _("Taxed amount")),
    _sum("tax_rows.amount", _("Tax")),
)


@cache
def catalogue() -> Mapping[str, Placeholder]:
    """Return every name that each installation knows, in the order of the groups."""
    companies = [
        Placeholder(f"{side}.{name}", label, kind, may_be_empty=may_be_empty)
        for side in ("company", "my")
        for name, label, kind, may_be_empty in _COMPANY
    ]
    entries = [*_DOCUMENT, *_PEOPLE, *companies, *_FIGURES]
    order = list(GROUPS)
    return {it.name: it for it in sorted(entries, key=lambda it: order.index(it.group))}


def with_custom(fields: Sequence[tuple[str, str]]) -> dict[str, Placeholder]:
    """Return the catalogue with the installation's own fields of contacts (key, label)."""
    own = [Placeholder(f"contact.{key}", label, may_be_empty=True) for key, label in fields]
    return {**catalogue(), **{it.name: it for it in own}}


def by_group(known: Mapping[str, Placeholder]) -> list[tuple[Words, list[Placeholder]]]:
    """Return the placeholders under the words of their groups."""
    return [
        (label, [it for it in known.values() if it.group == group])
        for group, label in GROUPS.items()
    ]
