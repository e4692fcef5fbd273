"""Looks for duplicates among the clients' companies, as ``scanning`` does among contacts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from paraph.batches.kinds import Stretch, by_stretches
from paraph.batches.models import Batch

from .company_duplicates import keys, likeness, traits_of
from .models import Company
from .scanning import Scan, next_stretch

COMPANIES = Scan(
    "companies.find-duplicates",
    "company",
    rows=lambda owner: Company.objects.visible_to(owner).clients(),
    columns=(
        *("name", "legal_name", "tax_number", "registration_number"),
        *("iban", "phone", "email", "website", "also"),
    ),
    traits=traits_of,
    keys=keys,
    likeness=likeness,
)


@by_stretches(COMPANIES.kind, title=_("Find duplicate companies"))
def find_duplicate_companies(batch: Batch, at: datetime) -> Stretch:
    """Note keys of all companies that the owner sees, then compare those that share one."""
    return next_stretch(COMPANIES, batch)
