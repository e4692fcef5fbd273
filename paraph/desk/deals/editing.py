"""Deals are begun and edited here."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from paraph.contacts.models import Company, Contact
from paraph.desk.meanwhile import changes_shown
from paraph.kit.numbers import key_of_row
from paraph.kit.seeing import ChangedMeanwhile, look_of
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales import queries
from paraph.sales.actions.dealing import WRITTEN, create_deal, edit_deal
from paraph.sales.models import Deal, Pipeline

from .forms import DealForm, initial_of
from .views import deal_of


@allow(Section.CRM, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Begin a deal, in the pipeline and with the client that the address names."""
    pipeline = queries.pipeline_named(request.GET.get("pipeline"))
    if pipeline is None:
        return redirect("deal-board")
    initial = _initial(request, pipeline)
    form = DealForm(request.POST or None, person=request.user, pipeline=pipeline, initial=initial)
    if form.is_valid():
        stage = form.cleaned_data["stage"]
        deal = create_deal(form.card(), stage=stage, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is begun.") % deal.title)
        return redirect("deal-products" if "products" in request.POST else "deal-detail", deal.pk)
    context = {"form": form, "pipeline": pipeline, "here": "deal-board"}
    status = 422 if form.errors else 200
    return render(request, "desk/deals/create.html", context, status=status)


@allow(Section.CRM, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit what is written about a deal; its stage changes on the deal's page and the board."""
    deal = deal_of(request, pk, Right.EDIT)
    form, has_rows = _form(request, deal)
    meanwhile: Sequence[tuple[str, str]] = ()
    seen = request.POST.get("seen")
    if form.is_valid():
        try:
            edit_deal(deal, form.card(), by=request.actor, at=request.received_at, seen=seen)
        except ChangedMeanwhile as others:
            deal, seen = deal_of(request, pk, Right.EDIT), None
            meanwhile = changes_shown(form, deal, others.fields)
        else:
            messages.success(request, _("%s is saved.") % deal.title)
            return redirect("deal-detail", pk)
    context = {"form": form, "deal": deal, "has_rows": has_rows, "here": "deal-board"}
    context |= {"meanwhile": meanwhile, "seen": seen or look_of(deal, fields=WRITTEN)}
    status = 409 if meanwhile else 422 if form.errors else 200
    return render(request, "desk/deals/edit.html", context, status=status)


def _form(request: Request, deal: Deal) -> tuple[DealForm, bool]:
    """Return the form, and whether product rows decide the amount."""
    typed = request.POST.copy() if request.method == "POST" else None
    if typed is not None:
        typed["stage"] = str(deal.stage_id)
    initial = initial_of(deal)
    form = DealForm(typed, person=request.user, pipeline=deal.stage.pipeline, initial=initial)
    form.fields["stage"].disabled = True
    form.fields["amount"].disabled = has_rows = deal.rows.exists()
    return form, has_rows


def _initial(request: Request, pipeline: Pipeline) -> dict[str, Any]:
    """Fill in what is known: who asks, whose deal it is to be, and the last currency used."""
    ours = Company.objects.ours().order_by("id").first()
    latest = Deal.objects.filter(responsible=request.user).order_by("-id").first()
    initial: dict[str, Any] = {
        "stage": request.GET.get("stage") or queries.first_stage(pipeline).pk,
        "responsible": request.user.pk,
        "company": ours.pk if ours else None,
        "currency": latest.currency if latest else "EUR",
    }
    if client := _named(request, "client", Company.objects.visible_to(request.user).clients()):
        initial |= {"client": client.pk, "client_text": client.name}
    if contact := _named(request, "contact", Contact.objects.visible_to(request.user)):
        initial |= {"contact": contact.pk, "contact_text": contact.name}
        if contact.company and not client:
            initial |= {"client": contact.company.pk, "client_text": contact.company.name}
    return initial


def _named(request: Request, name: str, rows: Any) -> Any:
    """Return the row that the address names, if the person may see it."""
    return rows.filter(pk=key_of_row(request.GET.get(name, ""))).first()
