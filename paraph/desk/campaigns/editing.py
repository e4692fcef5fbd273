"""A campaign is begun and written here, with a preview that follows what is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.campaigns import queries, wording
from paraph.campaigns.actions.drafting import (
    create_campaign,
    edit_campaign,
    send_test_of_campaign,
)
from paraph.campaigns.models import Campaign, Channel
from paraph.contacts.models import Company, Contact
from paraph.kit.numbers import key_of_row, whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import CampaignForm, initial_of
from .previewing import preview_of
from .views import campaign_of

READERS = 20
"""So many members are offered to read as."""


@allow(Section.CAMPAIGNS, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Begin a draft; the address may name a segment."""
    ours = Company.objects.ours().order_by("id").first()
    if ours is None:
        messages.error(request, _("Add your own company first: campaigns are sent in its name."))
        return redirect("campaign-list")
    initial = {
        "channel": Channel.EMAIL,
        "company": ours.pk,
        "language": request.user.language,
        "rate": 120,
        "segments": [whole_number(it) for it in request.GET.getlist("segment")],
    }
    form = CampaignForm(request.POST or None, person=request.user, initial=initial)
    if form.is_valid():
        campaign = create_campaign(form.card(), responsible=request.user, at=request.received_at)
        return redirect(
            "campaign-detail" if "done" in request.POST else "campaign-edit", campaign.pk
        )
    empty = Campaign(company=ours, language=request.user.language, responsible=request.user)
    return _editor(request, form, empty)


@allow(Section.CAMPAIGNS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Write a draft; *Save* stays here and shows the preview anew."""
    campaign = campaign_of(request, pk, Right.EDIT)
    if not campaign.is_draft:
        messages.error(request, _("This campaign is on its way already. Copy it to begin anew."))
        return redirect("campaign-detail", pk)
    form = CampaignForm(request.POST or None, person=request.user, initial=initial_of(campaign))
    if form.is_valid():
        edit_campaign(campaign, form.card(), by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % campaign.title)
        return redirect("campaign-detail" if "done" in request.POST else "campaign-edit", pk)
    return _editor(request, form, campaign)


@require_POST
@allow(Section.CAMPAIGNS, Right.VIEW)
def preview(request: Request) -> HttpResponse:
    """Show what is typed as one contact would read it; nothing is saved."""
    campaign = Campaign(responsible=request.user)
    _take_typed(campaign, request)
    return render(request, "desk/campaigns/preview.html", _preview(request, campaign))


@require_POST
@allow(Section.CAMPAIGNS, Right.EDIT)
def test(request: Request, pk: int) -> HttpResponse:
    """Send the message to the person who writes it."""
    campaign = campaign_of(request, pk, Right.EDIT)
    reader = _reader(request, queries.audience_of(campaign))
    address = send_test_of_campaign(
        campaign, contact=reader, to=request.user, at=request.received_at
    )
    messages.success(request, _("The test is on its way to %s.") % address)
    return redirect("campaign-detail", pk)


def _editor(request: Request, form: CampaignForm, campaign: Campaign) -> HttpResponse:
    if form.is_bound:
        _take_typed(campaign, request)
    context = {
        "form": form,
        "campaign": campaign,
        "fields": wording.field_names().items(),
        "readers": _readers(request, campaign),
        "here": "campaign-list",
        **_preview(request, campaign),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/campaigns/editor.html", context, status=status)


def _preview(request: Request, campaign: Campaign) -> dict[str, Any]:
    contact = _reader(request, Contact.objects.visible_to(request.user))
    if contact is None:
        contact = next(iter(_readers(request, campaign)), None)
    problems = wording.problems_with(campaign.subject) + wording.problems_with(campaign.text)
    return {"preview": preview_of(campaign, contact), "problems": problems}


def _take_typed(campaign: Campaign, request: Request) -> None:
    """Put what is typed into a row that nobody saves."""
    typed = request.POST
    campaign.subject, campaign.text = (
        typed.get("subject", "")[:200],
        typed.get("text", "")[:20_000],
    )
    campaign.channel = typed.get("channel", Channel.EMAIL)
    campaign.language = typed.get("language") or request.user.language
    ours = Company.objects.ours().order_by("id")
    named = ours.filter(pk=key_of_row(typed.get("company", ""))).first()
    if (company := named or ours.first()) is None:
        raise Http404
    campaign.company = company


def _readers(request: Request, campaign: Campaign) -> list[Contact]:
    """Return whom one can read as: members of the segments, or anybody one sees."""
    rows: QuerySet[Contact] = Contact.objects.visible_to(request.user)
    if campaign.pk and campaign.segments.exists():
        rows = rows.filter(pk__in=queries.audience_of(campaign).values("pk"))
    return list(rows.select_related("company", "responsible").order_by("pk")[:READERS])


def _reader(request: Request, rows: QuerySet[Contact]) -> Contact | None:
    number = key_of_row(request.POST.get("reader") or request.GET.get("reader") or "")
    found = rows.select_related("company", "responsible")
    return found.filter(pk=number).first()
