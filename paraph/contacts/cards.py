"""What is written about a contact or a company, as one value that actions take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from paraph.people.models import Employee

    from .models import Company, Contact

Picture = Literal["logo", "stamp", "signature"]

CustomValue = str | bool
"""What a further field holds: numbers and days are texts in one fixed form."""


@dataclass(frozen=True)
class ContactCard:
    """What is written about a contact. The phone is E.164.

    ``responsible``, ``is_shared`` and ``custom`` stay as they are where none is given.
    """

    last_name: str
    first_name: str
    phone: str
    email: str
    position: str = ""
    company: Company | None = None
    comment: str = ""
    type: str = "client"
    responsible: Employee | None = None
    language: str = "en"
    is_shared: bool | None = None
    custom: Mapping[str, CustomValue] | None = None


@dataclass(frozen=True)
class Requisites:
    """What is written about a company."""

    name: str
    legal_name: str = ""
    country: str = "FR"
    tax_number: str = ""
    registration_number: str = ""
    legal_form: str = ""
    capital: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    street: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    colour: str = "#1f4e5f"
    director: Employee | None = None


def card_of(contact: Contact) -> ContactCard:
    """Return what is written about a contact now."""
    return ContactCard(
        **{field.name: getattr(contact, field.name) for field in fields(ContactCard)}
    )


def requisites_of(company: Company) -> Requisites:
    """Return what is written about a company now."""
    return Requisites(**{field.name: getattr(company, field.name) for field in fields(Requisites)})


def written(card: ContactCard | Requisites) -> dict[str, object]:
    """Return the fields as they are; ``dataclasses.asdict`` would copy the rows behind them."""
    return {field.name: getattr(card, field.name) for field in fields(card)}
