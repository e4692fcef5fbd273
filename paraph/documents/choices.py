"""What people choose about templates and documents to be made, as values that actions take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paraph.people.models import Employee
from paraph.sales.models import Deal

from .models import DocumentClass, Series, Template


@dataclass(frozen=True)
class TemplateCard:
    """What is written about a template."""

    name: str
    responsible: Employee
    language: str = ""
    document_class: str = DocumentClass.OTHER
    series: Series | None = None
    is_active: bool = True
    is_shared: bool = True


@dataclass(frozen=True)
class Order:
    """Which document is wanted: from what, about which deal, with what typed over the values."""

    template: Template
    deal: Deal
    language: str
    typed: Mapping[str, str] = field(default_factory=dict)
