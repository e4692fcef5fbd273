"""Clients' companies that are one become one, and can be taken apart again for a while."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import company_merging, joining, snapshots, steps
from paraph.contacts.choices import also_known
from paraph.contacts.company_merging import INNER
from paraph.contacts.events import CompaniesMerged, CompanyMergeUndone
from paraph.contacts.models import Company, CompanyMerge
from paraph.journal import Actor
from paraph.kit import db


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
        joining.absorb(other, merge)
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
    joining.hold_to_part(merge, at=at)
    survivor, number = merge.survivor, merge.pk
    restored = joining.part(merge, survivor, inner=INNER, index=steps.index_company)
    undone = CompanyMergeUndone(
        company_id=survivor.pk,
        company_name=survivor.name,
        company_merge_id=number,
        restored=restored,
    )
    journal.record(undone, by=by, at=at)


@db.transaction_required
def _held(companies: Sequence[Company]) -> list[Company]:
    return joining.hold_all(
        Company.objects.clients().select_related("responsible"),
        companies,
        if_few=_("Choose at least two companies to merge."),
        if_gone=_("One of these companies is no longer there."),
    )


@db.transaction_required
def _write(
    survivor: Company,
    companies: Sequence[Company],
    wanted: Mapping[str, int],
    *,
    merge: CompanyMerge,
) -> None:
    chosen = company_merging.choices(companies, survivor=survivor, wanted=wanted)
    survivor.also = also_known(survivor, companies, chosen, merge=merge.pk)
    survivor.is_shared = any(company.is_shared for company in companies)
    whose = next(it.chosen for it in chosen if it.field == "responsible")
    survivor.responsible = next(it for it in companies if it.pk == whose).responsible
    for picture in company_merging.PICTURES:
        kept = (getattr(company, picture) for company in companies)
        setattr(survivor, picture, next(filter(None, kept), ""))
    steps.write_company(survivor, company_merging.requisites(survivor, companies, chosen))
