"""A deal's page: how far it is, what is in it, who takes part, and its documents."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.models import Contact
from paraph.documents.models import Document, Documents
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales import queries, rules
from paraph.sales.actions.dealing import add_person, comment_on_deal, delete_deal, remove_person
from paraph.sales.actions.moving import explain_outcome
from paraph.sales.lifecycle import StageKind
from paraph.sales.models import Deal, DealStage
from paraph.signing.queries import envelopes_for

from .forms import PersonForm, RemarkForm


@allow(Section.CRM, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show one deal."""
    return render(request, "desk/deals/detail.html", page_of(request, pk))


@allow(Section.CRM, Right.VIEW)
def documents(request: Request, pk: int) -> HttpResponse:
    """Show the documents of a deal, and the way to a new one."""
    deal = deal_of(request, pk)
    rows = envelopes_for(request.user).filter(deal=deal)
    made = made_of(request, deal).select_related("template")
    context = frame_of(request, deal) | {
        "tab": "documents",
        "envelopes": list(rows[:100]),
        "made": list(made[:100]),
    }
    return render(request, "desk/deals/documents.html", context)


@require_POST
@allow(Section.CRM, Right.EDIT)
def comment(request: Request, pk: int) -> HttpResponse:
    """Write a remark into the deal's timeline."""
    deal = deal_of(request, pk, Right.EDIT)
    form = RemarkForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        comment_on_deal(deal, text=text, by=request.actor, at=request.received_at)
    return redirect("deal-detail", pk)


@require_POST
@allow(Section.CRM, Right.EDIT)
def explain(request: Request, pk: int) -> HttpResponse:
    """Write down why the deal was won or lost."""
    deal = deal_of(request, pk, Right.EDIT)
    reason = request.POST.get("reason", "")[:500]
    explain_outcome(deal, reason=reason, by=request.actor, at=request.received_at)
    return redirect("deal-detail", pk)


@require_POST
@allow(Section.CRM, Right.EDIT)
def add(request: Request, pk: int) -> HttpResponse:
    """Let one more person take part."""
    deal = deal_of(request, pk, Right.EDIT)
    if person := _person(request):
        add_person(deal, person=person, by=request.actor, at=request.received_at)
    else:
        messages.error(request, _("Choose somebody of the list first."))
    return redirect("deal-detail", pk)


@require_POST
@allow(Section.CRM, Right.EDIT)
def remove(request: Request, pk: int, contact: int) -> HttpResponse:
    """Let somebody take no part any more."""
    deal = deal_of(request, pk, Right.EDIT)
    person = get_object_or_404(deal.people, pk=contact)
    remove_person(deal, person=person, by=request.actor, at=request.received_at)
    return redirect("deal-detail", pk)


@allow(Section.CRM, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then throw the deal away."""
    deal = deal_of(request, pk, Right.DELETE)
    if request.method != "POST":
        context = {
            "title": _("Delete this deal?"),
            "text": _("Its products and its history go with it. This cannot be undone."),
            "label": _("Delete"),
            "back": reverse("deal-detail", args=[pk]),
        }
        return render(request, "desk/confirm.html", context)
    delete_deal(deal, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % deal.title)
    return redirect("deal-board")


def deal_of(request: Request, pk: int, right: Right = Right.VIEW) -> Deal:
    """Return a deal within the reach of the person's right."""
    try:
        return queries.deal_page(request.user, pk=pk, right=right)
    except Deal.DoesNotExist:
        raise Http404 from None


def page_of(request: Request, pk: int) -> dict[str, Any]:
    """Return all that the deal's page shows."""
    deal = deal_of(request, pk)
    rows = list(deal.rows.all())
    found = rules.totals(rows, deal.currency)
    people = deal.people.select_related("company").order_by("sort_key")
    return frame_of(request, deal) | {
        "tab": "overview",
        "rows": list(zip(rows, found.nets, strict=True)),
        "totals": found,
        "people": people,
        "person_form": PersonForm(),
    }


def frame_of(request: Request, deal: Deal) -> dict[str, Any]:
    """Return what stands over every tab of a deal."""
    stages = list(deal.stage.pipeline.stages.all())
    may_edit = Deal.objects.visible_to(request.user, Right.EDIT).filter(pk=deal.pk).exists()
    return {
        "deal": deal,
        "stages": [(stage, _is_reached(stage, deal)) for stage in stages],
        "may_edit": may_edit,
        "number_of_documents": _documents(request, deal),
        "number_of_rows": deal.rows.count(),
        "here": "deal-board",
    }


def made_of(request: Request, deal: Deal) -> Documents:
    """Return what was made of the deal from templates and is in no envelope yet."""
    rows = Document.objects.visible_to(request.user).filter(deal=deal, enclosures=None)
    return rows.order_by("-created_at", "-id")


def _documents(request: Request, deal: Deal) -> int:
    envelopes = envelopes_for(request.user).filter(deal=deal).count()
    return envelopes + made_of(request, deal).count()


def _is_reached(stage: DealStage, deal: Deal) -> bool:
    """Tell whether the deal has come as far; a lost one shows only where it ended."""
    if deal.stage.kind == StageKind.LOST or not stage.is_open:
        return stage.pk == deal.stage_id
    return stage.position <= deal.stage.position


def _person(request: Request) -> Contact | None:
    rows = Contact.objects.visible_to(request.user)
    return rows.filter(pk=key_of_row(request.POST.get("contact", ""))).first()
