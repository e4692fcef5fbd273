"""The companies that rows name: those that are there, and new ones where they may be added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from paraph.contacts.events import CompanyCreated
from paraph.contacts.models import Company
from paraph.journal.in_bulk import record_many
from paraph.kit import db
from paraph.kit.inserting import insert_many
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
    named = seen.only("name", "sort_key").order_by("-id")
    there = {company.sort_key: company for company in named}
    missing = {key: name for name, key in wanted.items() if key not in there}
    added = _added(given, list(missing.values()), owner=owner, at=at)
    there |= {company.sort_key: company for company in added}
    return {name: there[key] for name, key in wanted.items()}


def _added(given: Import, names: Sequence[str], *, owner: Employee, at: datetime) -> list[Company]:
    companies = [Company(name=name, responsible=owner, created_at=at) for name in names]
    for company in companies:
        company.make_searchable(company.name, company.country, sort_by=company.name)
    insert_many(companies)
    insert_many([Trace(of=given, company=it.pk, at=at) for it in companies])
    events = [CompanyCreated(it.pk, it.name, is_ours=False) for it in companies]
    record_many(events, by=owner.actor, at=at)
    return companies
