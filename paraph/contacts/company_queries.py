"""What pages need to know of companies."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from paraph.kit.search import normalise
from paraph.people.models import Employee

from .models import Company, CompanyMerge, MergedCompany

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


def company_numbers_of(company: Company) -> list[int]:
    """Return the company's own number and those of the companies that went into it."""
    gone = MergedCompany.objects.filter(merge__survivor=company).values_list("number", flat=True)
    return [company.pk, *gone]


def surviving_company(number: int) -> int | None:
    """Return the number of the company that a merged one is now."""
    gone = MergedCompany.objects.filter(number=number)
    return gone.values_list("merge__survivor", flat=True).first()


def company_merges_of(company: Company, *, since: datetime) -> Sequence[CompanyMerge]:
    """Return the merges that can still be undone."""
    rows = company.merges.filter(merged_at__gte=since, first_survivor=company.pk)
    return list(rows.prefetch_related("gone"))
