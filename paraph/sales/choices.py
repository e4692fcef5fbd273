"""What people choose and type about deals, as values that actions take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from paraph.contacts.models import Company, Contact
from paraph.people.models import Employee

from .models import DealStage


@dataclass(frozen=True)
class DealCard:
    """What is written about a deal. The amount counts as long as there are no product rows."""

    title: str
    currency: str
    responsible: Employee
    client: Company | None = None
    contact: Contact | None = None
    company: Company | None = None
    amount: Decimal = Decimal(0)
    expected_on: date | None = None
    source: str = ""
    comment: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class ProductLine:
    """One row of what is sold."""

    name: str
    quantity: Decimal = Decimal(1)
    price: Decimal = Decimal(0)
    unit: str = ""
    discount: Decimal = Decimal(0)
    tax_rate: Decimal = Decimal(0)


@dataclass(frozen=True)
class StageChoice:
    """How a stage is called, looks and counts."""

    name: str
    colour: str
    kind: str


@dataclass(frozen=True)
class Place:
    """Where a deal goes: into a stage, right after another card, or to the top without one."""

    stage: DealStage
    after: int | None = None
