"""Companies that are one: chosen, previewed, merged, and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.contacts import company_merging, requisites
from paraph.contacts.actions.company_merging import merge_companies, undo_company_merge
from paraph.contacts.company_listing import COUNTRIES, company_listing
from paraph.contacts.company_queries import companies_like, companies_named
from paraph.contacts.models import Company, CompanyMerge
from paraph.contacts.rules import readable_phone
from paraph.desk.lists.asking import selection_of
from paraph.desk.merging.previewing import numbers_asked, row_of, stays_of, wanted
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

MOST = 12
LABELS = {
    "name": gettext_lazy("Name"),
    "legal_name": gettext_lazy("Legal name"),
    "country": gettext_lazy("Country"),
    "legal_form": gettext_lazy("Legal form"),
    "capital": gettext_lazy("Share capital"),
    "tax_number": gettext_lazy("Tax number"),
    "registration_number": gettext_lazy("Registration number"),
    "street": gettext_lazy("Street"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("City"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "website": gettext_lazy("Website"),
    "bank": gettext_lazy("Bank"),
    "iban": "IBAN",
    "bic": "BIC",
    "responsible": gettext_lazy("Responsible"),
}


@allow(Section.CRM, Right.EDIT)
def merge(request: Request) -> HttpResponse:
    """Show what becomes of the chosen companies, field by field, and merge them.

    The list posts its selection here; the preview's button is what merges.
    """
    companies = _companies(request)
    if len(companies) < 2:
        return _with_which(request, companies)
    may_go = Company.objects.visible_to(request.user, Right.DELETE)
    survivor = stays_of(companies, may_go=may_go)
    if "merge" in request.POST and survivor:
        return _merged(request, survivor, [it for it in companies if it != survivor])
    choices = company_merging.choices(companies, survivor=survivor, wanted=wanted(request))
    context = {
        "companies": companies,
        "rows": [
            row_of(it, companies, label=label_of(it.field, companies), readable=readable)
            for it in choices
            if it.is_open
        ],
        "survivor": survivor,
        "ids": ",".join(str(company.pk) for company in companies),
    }
    return render(request, "desk/companies/merge.html", context)


@require_POST
@allow(Section.CRM, Right.EDIT)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take merged companies apart again."""
    mine = Company.objects.visible_to(request.user, Right.EDIT)
    merge = get_object_or_404(CompanyMerge.objects.filter(survivor__in=mine), pk=pk)
    survivor = merge.survivor_id
    undo_company_merge(merge, by=request.actor, at=request.received_at)
    messages.success(request, _("The companies are apart again."))
    return redirect("company-detail", survivor)


def also_known(company: Company) -> list[tuple[str, list[str]]]:
    """Return what merged companies were known by besides, by the names of the fields."""
    known: dict[str, list[str]] = {}
    for entry in company.also:
        values = known.setdefault(label_of(entry["field"], [company]), [])
        if (text := readable(entry["field"], entry["value"])) not in values:
            values.append(text)
    return list(known.items())


def label_of(field: str, companies: Sequence[Company]) -> str:
    """Return how a field is called, in the country of the first company that names it so."""
    name = field.removeprefix(f"{company_merging.INNER}.")
    for company in companies:
        for number in requisites.of_country(company.country).numbers:
            if number.name == name:
                return str(number.label)
    return str(LABELS.get(name, name))


def readable(field: str, value: str) -> str:
    """Return a value as people read it."""
    if field == "phone":
        return readable_phone(value)
    if field == "iban":
        return requisites.grouped_iban(value)
    return str(COUNTRIES.get(value, value)) if field == "country" else value


def _merged(request: Request, survivor: Company, others: Sequence[Company]) -> HttpResponse:
    merge_companies(
        survivor, others, wanted=wanted(request), by=request.actor, at=request.received_at
    )
    messages.success(request, _("They are one company now. You can undo this for 30 days."))
    return redirect("company-detail", survivor.pk)


def _with_which(request: Request, companies: Sequence[Company]) -> HttpResponse:
    """Let somebody look for the other one; those that are likely the same are offered."""
    one = companies[0] if companies else None
    search, found = request.GET.get("q", "").strip(), []
    if search:
        found = companies_named(request.user, search)
    elif one:
        found = companies_like(request.user, name=one.name, tax_number=one.tax_number)
    may = Company.objects.visible_to(request.user, Right.EDIT)
    reached = set(may.filter(pk__in=[it.pk for it in found]).values_list("pk", flat=True))
    others = [it for it in found if it != one and it.pk in reached]
    context = {"one": one, "search": search, "found": others}
    part = "#found" if request.htmx else ""
    return render(request, f"desk/companies/merge_with.html{part}", context)


def _count_of(many: str) -> Coalesce:
    """Count what belongs to a company by itself: joined, people would be multiplied by deals."""
    each = Company.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Coalesce(Subquery(each.annotate(count=Count(many)).values("count")), 0)


def _companies(request: Request) -> list[Company]:
    """Return the chosen ones: by their numbers, or everything in a narrowed list."""
    rows = Company.objects.visible_to(request.user, Right.EDIT).clients()
    if "everything" in request.POST:
        listing = company_listing()
        rows = listing.selected(rows, selection_of(request, listing))
    else:
        rows = rows.filter(pk__in=numbers_asked(request))
    rows = rows.annotate(headcount=_count_of("people"), business=_count_of("deals"))
    found = list(rows.select_related("responsible").order_by("created_at", "pk")[: MOST + 1])
    if len(found) > MOST:
        messages.warning(request, _("At most %d companies become one at a time.") % MOST)
    return found[:MOST]
