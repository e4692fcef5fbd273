"""What pages need to know of companies."""

from django.db.models import Q

from paraph.kit.search import normalise
from paraph.people.models import Employee

from .models import Company

FOUND = 8


def companies_like(person: Employee, *, name: str, tax_number: str) -> list[Company]:
    """Return the visible client companies with this tax number, or of this very name."""
    same = Q(sort_key=normalise(name)[:250])
    if tax_number:
        same |= Q(tax_number=tax_number)
    rows = Company.objects.visible_to(person).clients().filter(same)
    return list(rows.order_by("sort_key", "id")[:5])


def companies_named(person: Employee, text: str) -> list[Company]:
    """Return the visible client companies that a search finds, by name."""
    rows = Company.objects.visible_to(person).clients().matching(text)
    return list(rows.order_by("sort_key", "id")[:FOUND])
