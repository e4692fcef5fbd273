"""The companies that rows name: those that are there, and new ones where they may be added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from paraph import journal
from paraph.contacts.events import CompanyCreated
from paraph.contacts.models import Company
from paraph.kit import db
from paraph.kit.search import normalise
from paraph.people.models import Employee

from .models import Import, Trace


@db.transaction_required
def companies_named(
    given: Import, names: Iterable[str], *, owner: Employee, at: datetime
) -> dict[str, Company]:
    """Return a company for each name; the check has refused names that may not be added."""
    wanted = {name: normalise(name)[:250] for name in names if name}
    seen = Company.objects.visible_to(owner).clients().filter(sort_key__in=set(wanted.values()))
    there = {company.sort_key: company for company in seen.order_by("-id")}
    for name, key in wanted.items():
        if key not in there:
            there[key] = _added(given, name, owner=owner, at=at)
    return {name: there[key] for name, key in wanted.items()}


def _added(given: Import, name: str, *, owner: Employee, at: datetime) -> Company:
    company = Company(name=name, responsible=owner, created_at=at)
    company.make_searchable(name, company.country, sort_by=name)
    company.save()
    added = CompanyCreated(company_id=company.pk, company_name=name, is_ours=False)
    journal.record(added, by=owner.actor, at=at)
    Trace.objects.create(of=given, company=company.pk, at=at)
    return company
