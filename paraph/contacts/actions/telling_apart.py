"""Somebody says that contacts or companies which look alike are different ones."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from paraph import journal
from paraph.contacts import company_scanning, scanning
from paraph.contacts.events import CompaniesToldApart, ContactsToldApart
from paraph.contacts.models import Company, Contact, Duplicate, NotTheSame
from paraph.journal import Actor
from paraph.kit import db


@db.transaction
def tell_apart(contacts: Sequence[Contact], *, by: Actor, at: datetime) -> None:
    """Remember that these are different people; no scan shows them together again."""
    if _keep_apart(scanning.CONTACTS, [contact.pk for contact in contacts]):
        apart = ContactsToldApart(contacts={str(it.pk): it.name for it in contacts})
        journal.record(apart, by=by, at=at)


@db.transaction
def tell_companies_apart(companies: Sequence[Company], *, by: Actor, at: datetime) -> None:
    """Remember that these are different companies; no scan shows them together again."""
    if _keep_apart(company_scanning.COMPANIES, [company.pk for company in companies]):
        apart = CompaniesToldApart(companies={str(it.pk): it.name for it in companies})
        journal.record(apart, by=by, at=at)


@db.transaction_required
def _keep_apart(scan: scanning.Scan, numbers: Sequence[int]) -> bool:
    """Remember each pair; tell whether there was one."""
    pairs = [
        NotTheSame(noun=scan.noun, low=low, high=high)
        for low, high in combinations(sorted(set(numbers)), 2)
    ]
    NotTheSame.objects.bulk_create(pairs, ignore_conflicts=True)
    Duplicate.objects.filter(batch__kind=scan.kind, number__in=numbers).delete()
    return bool(pairs)
