"""Companies: our clients' with people, deals and documents, and ours with their pictures."""

import json
from typing import Any, get_args

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.actions.companies import (
    REQUISITES,
    create_company,
    delete_company,
    edit_company,
    set_picture,
)
from paraph.contacts.cards import Picture
from paraph.contacts.company_queries import (
    companies_like,
    company_merges_of,
    surviving_company,
)
from paraph.contacts.joining import GOOD_FOR
from paraph.contacts.models import Company, Contact
from paraph.contacts.requisites import of_country
from paraph.desk.meanwhile import changes_shown
from paraph.documents.pictures import clean_picture
from paraph.kit import files
from paraph.kit.numbers import whole_number
from paraph.kit.seeing import ChangedMeanwhile, look_of
from paraph.people.access import Can, Right, Section, allow, signed_in
from paraph.people.http import Request
from paraph.sales.queries import deals_of_company
from paraph.signing.queries import envelopes_for

from . import sealing
from .forms import CompanyForm, PictureForm, initial_of
from .merging import also_known
from .showing import numbers_of

PICTURES: dict[str, Picture] = {name: name for name in get_args(Picture)}
RECENT = 20


@signed_in
def ours(request: Request) -> HttpResponse:
    """Show the legal entities that send documents; a single one at once."""
    companies = list(Company.objects.ours().select_related("director").order_by("id"))
    if len(companies) == 1:
        return redirect("company-detail", companies[0].pk)
    return render(request, "desk/companies/ours.html", {"companies": companies})


@allow(Section.CRM, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show one company and everything around it; a merged one leads to what it is now."""
    company = _rows(request).filter(pk=pk).first()
    if company is None:
        survivor = get_object_or_404(_rows(request), pk=surviving_company(pk))
        return redirect("company-detail", survivor.pk)
    deals = deals_of_company(company, request.user)
    papers = Q(company=company) if company.is_ours else Q(parties__company=company)
    envelopes = envelopes_for(request.user).filter(papers).distinct()[:RECENT]
    people = Contact.objects.visible_to(request.user).filter(company=company)
    context = {
        "company": company,
        "numbers": numbers_of(company),
        "also": also_known(company),
        "merges": company_merges_of(company, since=request.received_at - GOOD_FOR),
        "may_edit": Company.objects.visible_to(request.user, Right.EDIT).contains(company),
        "shows_stamp": Company.objects.showing_stamp_to(request.user).contains(company),
        "people": people.order_by("sort_key", "id")[:RECENT],
        "deals": deals,
        "envelopes": envelopes,
        "here": _here(company.is_ours),
        **(sealing.context_of(company, at=request.received_at) if company.is_ours else {}),
    }
    return render(request, "desk/companies/detail.html", context)


@allow(Section.CRM, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Add a company of a client; administrators may add one of ours."""
    is_ours = "ours" in request.GET
    if is_ours and not Can(request)["edit_settings"]:
        raise Http404
    if "instead" in request.POST:
        return _chosen(request, _company(request, whole_number(request.POST["instead"])))
    form, same = _form(request, is_ours=is_ours), []
    if form.is_valid():
        same = [] if "anyway" in request.POST else _same(request, form)
        if not same:
            return _chosen(request, _created(request, form, is_ours=is_ours))
    context = {"form": form, "is_ours": is_ours, "same": same, "here": _here(is_ours)}
    context["in_dialog"] = _in_dialog(request)
    part = "#form" if "again" in request.POST else "#dialog"
    part = part if request.htmx else ""
    status = 422 if form.errors or same else 200
    return render(request, f"desk/companies/create.html{part}", context, status=status)


@allow(Section.CRM, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit the requisites of one company; what others changed meanwhile is shown first."""
    company = _company(request, pk, Right.EDIT)
    form = _form(request, is_ours=company.is_ours, company=company)
    meanwhile, seen = [], request.POST.get("seen")
    if form.is_valid():
        typed, at = form.requisites(), request.received_at
        try:
            edit_company(company, typed, by=request.actor, at=at, seen=seen)
        except ChangedMeanwhile as others:
            company, seen = _company(request, pk, Right.EDIT), None
            meanwhile = changes_shown(form, company, others.fields)
        else:
            messages.success(request, _("%s is saved.") % company.name)
            return redirect("company-detail", pk)
    context = {"company": company, "form": form, "here": _here(company.is_ours)}
    context |= {"meanwhile": meanwhile, "seen": seen or look_of(company, fields=REQUISITES)}
    part = "#form" if request.htmx else ""
    status = 409 if meanwhile else 422 if form.errors else 200
    return render(request, f"desk/companies/edit.html{part}", context, status=status)


@allow(Section.CRM, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take a client's company away."""
    rows = Company.objects.visible_to(request.user, Right.DELETE).clients()
    company = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return redirect("company-detail", pk)
    delete_company(company, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % company.name)
    return redirect("company-list")


@signed_in
def picture(request: Request, pk: int, picture: str) -> HttpResponse:
    """Send a company's logo as PNG; its stamp and signature to those alone who may see them."""
    companies = Company.objects.visible_to(request.user)
    if _known(picture) != "logo":
        companies = Company.objects.showing_stamp_to(request.user)
    name = getattr(get_object_or_404(companies, pk=pk), picture)
    if not name:
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(files.get(name), content_type="image/png", headers=headers)


@require_POST
@allow(Section.CRM, Right.EDIT)
def set_one(request: Request, pk: int, picture: str) -> HttpResponse:
    """Use an uploaded picture, or take the present one away."""
    company = _company(request, pk, Right.EDIT)
    sha256 = ""
    if "remove" not in request.POST:
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, str(form.errors["picture"][0]))
            return redirect("company-detail", pk)
        uploaded = form.cleaned_data["picture"]
        sha256 = clean_picture(uploaded.read(), name=uploaded.name)
    set_picture(company, _known(picture), sha256=sha256, by=request.actor, at=request.received_at)
    messages.success(request, _("The picture is saved.") if sha256 else _("The picture is gone."))
    return redirect("company-detail", pk)


def _form(request: Request, *, is_ours: bool, company: Company | None = None) -> CompanyForm:
    """Return the form as it was typed; asked for another country's fields, not judged yet."""
    given = request.POST if request.method == "POST" else None
    country = given.get("country", "FR") if given else company.country if company else "FR"
    initial: Any = initial_of(company) if company else {}
    if given and "again" in given:
        given, initial = None, request.POST.dict()
    return CompanyForm(given, initial=initial, is_ours=is_ours, country=country, kept=company)


def _in_dialog(request: Request) -> bool:
    """Tell whether the form stands in a dialog; a page's own form asks by htmx for a country."""
    return bool(request.htmx) and ("again" not in request.POST or "dialog" in request.POST)


def _same(request: Request, form: CompanyForm) -> list[Company]:
    card = form.requisites()
    tax_number = of_country(card.country).tax_number.normalised(card.tax_number)
    return companies_like(request.user, name=card.name, tax_number=tax_number)


def _created(request: Request, form: CompanyForm, *, is_ours: bool) -> Company:
    return create_company(
        form.requisites(),
        is_ours=is_ours,
        responsible=request.user,
        by=request.actor,
        at=request.received_at,
    )


def _chosen(request: Request, company: Company) -> HttpResponse:
    """Go to the company's page; a dialog instead closes and tells the page which one it is."""
    if not request.htmx:
        messages.success(request, _("%s is added.") % company.name)
        return redirect("company-detail", company.pk)
    news = {"company-created": {"id": company.pk, "name": company.name}, "dialog-close": True}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})


def _company(request: Request, pk: int | None, right: Right = Right.VIEW) -> Company:
    return get_object_or_404(_rows(request, right), pk=pk)


def _rows(request: Request, right: Right = Right.VIEW) -> QuerySet[Company]:
    rows = Company.objects.visible_to(request.user, right)
    return rows.select_related("director", "responsible")


def _here(is_ours: bool) -> str:
    return "company-ours" if is_ours else "company-list"


def _known(picture: str) -> Picture:
    if picture not in PICTURES:
        raise Http404
    return PICTURES[picture]
