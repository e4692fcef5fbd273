"""Long work on many companies: another responsible, out of the directory, into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.batches.choosing import change_each, each_reached, write_chosen
from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import after, next_traces
from paraph.kit.errors import Refused
from paraph.kit.listing import Selection
from paraph.people.access import Right, Section, reach
from paraph.people.models import Employee

from . import company_scanning as company_scanning
from .actions.companies import drop_company, give_company
from .company_listing import company_listing
from .models import Company, EarlierCompany


def _take_back(batch: Batch, at: datetime) -> Stretch:
    """Give the companies back to who had them, except where somebody changed it since."""
    kept = next_traces(batch, EarlierCompany.objects.filter(batch=batch))
    earlier = {row.company_id: row for row in kept}
    people = Employee.objects.in_bulk({row.before for row in kept})
    held = Company.objects.clients().filter(pk__in=earlier).select_for_update(of=("self",))

    def give_back(company: Company) -> bool:
        row = earlier[company.pk]
        if company.responsible_id != row.after:
            raise Refused(_("Somebody has changed this since."))
        if not (before := people[row.before]).is_active:
            raise Refused(_("%s does not work here any more.") % before.name)
        return give_company(company, responsible=before, by=batch.owner.actor, at=at)

    companies = list(held.select_related("responsible").order_by("pk"))
    done = change_each(companies, give_back, reached=_may_return(batch, earlier))
    return Stretch(len(kept), done.changed, done.refused, after(kept))


def _may_return(batch: Batch, earlier: Mapping[int, EarlierCompany]) -> set[int]:
    """Return what the owner may edit, and what goes back to them."""
    if not reach(batch.owner, Section.CRM, Right.EDIT):
        return set()
    allowed = Company.objects.visible_to(batch.owner, Right.EDIT).filter(pk__in=earlier)
    own = {number for number, row in earlier.items() if row.before == batch.owner_id}
    return own | set(allowed.values_list("pk", flat=True))


@by_stretches(
    "companies.change-responsible", title=gettext_lazy("Change the responsible"), undo=_take_back
)
def change_responsible(batch: Batch, at: datetime) -> Stretch:
    """Give the companies to somebody else, and keep who had them."""
    heir = Employee.objects.get(pk=batch.given["responsible"])

    def give(company: Company) -> bool:
        before = company.responsible_id
        if not give_company(company, responsible=heir, by=batch.owner.actor, at=at):
            return False
        EarlierCompany.objects.create(batch=batch, company=company, before=before, after=heir.pk)
        return True

    return _each(batch, Right.EDIT, give)


@by_stretches("companies.delete", title=gettext_lazy("Delete companies"))
def delete_companies(batch: Batch, at: datetime) -> Stretch:
    """Take the companies away, but those that deals or documents name."""

    def drop(company: Company) -> bool:
        drop_company(company, by=batch.owner.actor, at=at)
        return True

    return _each(batch, Right.DELETE, drop)


@writing_a_file("companies.export", title=gettext_lazy("Export companies"))
def export_companies(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the file that its owner has ordered."""
    rows = _chosen(batch, Right.EXPORT)
    write_chosen(batch, rows, company_listing(), into=file, tick=tick)


def _chosen(batch: Batch, right: Right = Right.VIEW) -> QuerySet[Company]:
    """Return what the batch was given, as far as its owner sees it now."""
    rows = Company.objects.visible_to(batch.owner, right).clients()
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        return company_listing().selected(rows, selection).select_related("responsible")


def _each(batch: Batch, right: Right, change: Callable[[Company], bool]) -> Stretch:
    allowed = Company.objects.visible_to(batch.owner, right)
    return each_reached(batch, _chosen(batch), change, allowed=allowed)
