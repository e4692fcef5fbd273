"""Clients' companies that are one become one, and can be taken apart again for a while."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import company_merging, relations, snapshots, steps
from paraph.contacts.company_merging import INNER
from paraph.contacts.events import CompaniesMerged, CompanyMergeUndone
from paraph.contacts.models import Company, CompanyMerge, MergedCompany
from paraph.journal import Actor
from paraph.kit import db

from .merging import CannotMerge, require_undoable


@db.transaction
def merge_companies(
    survivor: Company,
    others: Sequence[Company],
    *,
    wanted: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> CompanyMerge:
    """Make one company of several; ``wanted`` names for each field whose value stays.

    The other values stay as what it is also known by, people, deals and documents of the others
    are the survivor's, and their numbers lead there.
    """
    companies = _held([survivor, *others])
    survivor, others = companies[0], companies[1:]
    merge = CompanyMerge.objects.create(
        survivor=survivor, first_survivor=survivor.pk, merged_at=at
    )
    merge.before = snapshots.flat(survivor, inner=INNER)
    _write(survivor, companies, wanted, merge=merge)
    for other in others:
        _absorb(other, merge)
    merge.after = snapshots.flat(survivor, inner=INNER)
    merge.save()
    merged = CompaniesMerged(
        company_id=survivor.pk,
        company_name=survivor.name,
        company_merge_id=merge.pk,
        merged={str(gone.number): gone.name for gone in merge.gone.all()},
    )
    journal.record(merged, by=by, at=at)
    return merge


@db.transaction
def undo_company_merge(merge: CompanyMerge, *, by: Actor, at: datetime) -> None:
    """Take merged companies apart: each has its requisites, people and deals again.

    What was changed or added since then stays with the survivor.
    """
    merge.lock()
    require_undoable(merge, survivor=merge.survivor_id, at=at)
    survivor, gone = merge.survivor, list(merge.gone.all())
    survivor.lock()
    for each in gone:
        company = cast("Company", snapshots.unpacked(Company, each.columns))
        if not company.responsible.is_active:
            company.responsible = survivor.responsible
        Company.objects.bulk_create([company])
    relations.return_relations(merge.moved, merge.dropped, survivor=survivor)
    snapshots.take_back(survivor, before=merge.before, after=merge.after, inner=INNER)
    survivor.also = [known for known in survivor.also if known.get("merge") != merge.pk]
    steps.index_company(survivor)
    survivor.save()
    undone = CompanyMergeUndone(
        company_id=survivor.pk,
        company_name=survivor.name,
        company_merge_id=merge.pk,
        restored={str(each.number): each.name for each in gone},
    )
    merge.delete()
    journal.record(undone, by=by, at=at)


@db.transaction_required
def _held(companies: Sequence[Company]) -> list[Company]:
    """Hold all of them, each once, in the order in which everybody does."""
    numbers = list(dict.fromkeys(company.pk for company in companies))
    if len(numbers) < 2:
        raise CannotMerge(_("Choose at least two companies to merge."))
    list(Company.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    rows = Company.objects.clients().select_related("responsible").in_bulk(numbers)
    if len(rows) < len(numbers):
        raise CannotMerge(_("One of these companies is no longer there."))
    return [rows[number] for number in numbers]


@db.transaction_required
def _write(
    survivor: Company,
    companies: Sequence[Company],
    wanted: Mapping[str, int],
    *,
    merge: CompanyMerge,
) -> None:
    chosen = company_merging.choices(companies, survivor=survivor, wanted=wanted)
    survivor.also = company_merging.also_known(survivor, companies, chosen, merge=merge.pk)
    survivor.is_shared = any(company.is_shared for company in companies)
    whose = next(it.chosen for it in chosen if it.field == "responsible")
    survivor.responsible = next(it for it in companies if it.pk == whose).responsible
    for picture in company_merging.PICTURES:
        kept = (getattr(company, picture) for company in companies)
        setattr(survivor, picture, next(filter(None, kept), ""))
    steps.write_company(survivor, company_merging.requisites(survivor, companies, chosen))


@db.transaction_required
def _absorb(company: Company, merge: CompanyMerge) -> None:
    """Move everything from a company to the survivor, and remember it as it was."""
    moved, dropped = relations.move_relations(company, to=merge.survivor)
    merge.moved += moved
    merge.dropped += dropped
    columns = snapshots.packed(company)
    MergedCompany.objects.create(
        merge=merge, number=company.pk, name=company.name, columns=columns
    )
    company.delete()
