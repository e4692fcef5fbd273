"""Our companies with their requisites and pictures, and the companies of our clients."""

from typing import get_args
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts import queries
from paraph.contacts.actions.companies import create_company, edit_company, set_picture
from paraph.contacts.cards import Picture
from paraph.contacts.models import Company
from paraph.desk.timelines import timeline_of
from paraph.documents.pictures import clean_picture
from paraph.kit import files
from paraph.people.access import Can, Right, Section, allow, signed_in
from paraph.people.http import Request

from .forms import CompanyForm, PictureForm, initial_of

PICTURES: dict[str, Picture] = {name: name for name in get_args(Picture)}


@allow(Section.CRM, Right.VIEW)
def company_list(request: Request) -> HttpResponse:
    """Show the companies of our clients."""
    search = request.GET.get("q", "")
    page = queries.company_page(request.user, search=search, cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "search": search,
        "next": page.next and "?" + urlencode({"q": search, "cursor": page.next}),
        "previous": page.previous and "?" + urlencode({"q": search, "cursor": page.previous}),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/companies/list.html{part}", context)


@signed_in
def ours(request: Request) -> HttpResponse:
    """Show the legal entities that send documents; a single one at once."""
    companies = list(Company.objects.ours().select_related("director").order_by("id"))
    if len(companies) == 1:
        return redirect("company-edit", companies[0].pk)
    return render(request, "desk/companies/ours.html", {"companies": companies})


@allow(Section.CRM, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Add a company of a client; administrators may add one of ours."""
    is_ours = "ours" in request.GET
    if is_ours and not Can(request)["edit_settings"]:
        raise Http404
    form = CompanyForm(request.POST or None, is_ours=is_ours)
    if form.is_valid():
        company = create_company(
            form.requisites(),
            is_ours=is_ours,
            responsible=request.user,
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, _("%s is added.") % company.name)
        return redirect("company-edit", company.pk)
    here = "company-ours" if is_ours else "company-list"
    context = {"form": form, "is_ours": is_ours, "here": here}
    status = 422 if form.errors else 200
    return render(request, "desk/companies/create.html", context, status=status)


@allow(Section.CRM, Right.VIEW)
def edit(request: Request, pk: int) -> HttpResponse:
    """Show one company, and edit it where one may."""
    company = _company(request, pk, Right.EDIT if request.method == "POST" else Right.VIEW)
    form = CompanyForm(request.POST or None, initial=initial_of(company), is_ours=company.is_ours)
    if form.is_valid():
        edit_company(company, form.requisites(), by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % company.name)
        return redirect("company-edit", pk)
    context = {
        "company": company,
        "may_edit": Company.objects.visible_to(request.user, Right.EDIT).contains(company),
        "shows_stamp": Company.objects.showing_stamp_to(request.user).contains(company),
        "form": form,
        "timeline": timeline_of("company", pk, limit=20),
        "here": "company-ours" if company.is_ours else "company-list",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/companies/edit.html", context, status=status)


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
            return redirect("company-edit", pk)
        uploaded = form.cleaned_data["picture"]
        sha256 = clean_picture(uploaded.read(), name=uploaded.name)
    set_picture(company, _known(picture), sha256=sha256, by=request.actor, at=request.received_at)
    messages.success(request, _("The picture is saved.") if sha256 else _("The picture is gone."))
    return redirect("company-edit", pk)


def _company(request: Request, pk: int, right: Right = Right.VIEW) -> Company:
    return get_object_or_404(Company.objects.visible_to(request.user, right), pk=pk)


def _known(picture: str) -> Picture:
    if picture not in PICTURES:
        raise Http404
    return PICTURES[picture]
