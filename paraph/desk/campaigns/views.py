"""A campaign's page: what it says and to whom, how far it is, and what has become of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.batches.actions import start_batch
from paraph.campaigns import queries, rules
from paraph.campaigns.actions.drafting import copy_campaign, delete_campaign
from paraph.campaigns.models import Campaign, Result
from paraph.desk.timelines import timeline_of
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .previewing import preview_of

SIZE = 50


@allow(Section.CAMPAIGNS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show one campaign: a draft before it goes, or how far it is and what became of it."""
    campaign = campaign_of(request, pk)
    context = frame_of(request, campaign) | {"timeline": timeline_of("campaign", campaign.pk)}
    if campaign.is_draft:
        context |= _before(request, campaign)
        return render(request, "desk/campaigns/draft.html", context)
    context |= _after(request, campaign)
    return render(request, "desk/campaigns/results.html", context)


@allow(Section.CAMPAIGNS, Right.VIEW)
def progress(request: Request, pk: int) -> HttpResponse:
    """Show how far sending is; the page asks again and again while it goes on."""
    campaign = campaign_of(request, pk)
    context = frame_of(request, campaign) | {"results": queries.results_of(campaign)}
    return render(request, "desk/campaigns/results.html#progress", context)


@require_POST
@allow(Section.CAMPAIGNS, Right.CREATE)
def copy(request: Request, pk: int) -> HttpResponse:
    """Begin a draft that says the same."""
    campaign = campaign_of(request, pk)
    draft = copy_campaign(campaign, responsible=request.user, at=request.received_at)
    return redirect("campaign-edit", draft.pk)


@allow(Section.CAMPAIGNS, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    campaign = campaign_of(request, pk, Right.DELETE)
    if request.method != "POST":
        context = {
            "title": _("Delete this draft?"),
            "text": _("What it says is lost. Its segments stay."),
            "label": _("Delete"),
            "back": reverse("campaign-detail", args=[pk]),
        }
        return render(request, "desk/confirm.html", context)
    delete_campaign(campaign, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % campaign.title)
    return redirect("campaign-list")


@require_POST
@allow(Section.CAMPAIGNS, Right.EXPORT)
def export(request: Request, pk: int) -> HttpResponse:
    """Have the results written into a file."""
    campaign = campaign_of(request, pk, Right.EXPORT)
    given = {"campaign": campaign.pk, "file_name": f"campaign-{campaign.pk}.csv"}
    batch = start_batch(
        "campaigns.export-results",
        given=given,
        total=campaign.recipients.count(),
        owner=request.user,
        at=request.received_at,
    )
    return redirect("batch-detail", batch.pk)


def campaign_of(request: Request, pk: int, right: Right = Right.VIEW) -> Campaign:
    """Return a campaign within the reach of the person's right."""
    rows = Campaign.objects.visible_to(request.user, right)
    return get_object_or_404(rows.select_related("company", "responsible", "additions"), pk=pk)


def frame_of(request: Request, campaign: Campaign) -> dict[str, Any]:
    """Return what every page of a campaign shows: itself, and what the person may do with it."""
    asked = (Right.EDIT, Right.SEND, Right.DELETE, Right.EXPORT)
    may = {
        right.value: Campaign.objects.visible_to(request.user, right)
        .filter(pk=campaign.pk)
        .exists()
        for right in asked
    }
    return {"campaign": campaign, "may": may, "segments": list(campaign.segments.all())}


def _before(request: Request, campaign: Campaign) -> dict[str, Any]:
    audience = queries.audience_of(campaign)
    found = queries.reached(audience, channel=campaign.channel)
    obstacles = rules.obstacles_to_launching(
        campaign, has_segments=campaign.segments.exists()
    ) + queries.obstacles_around(campaign)
    sample = audience.select_related("company", "responsible").order_by("pk").first()
    return {
        "found": found,
        "obstacles": obstacles,
        "minutes": -(-found.writable // campaign.rate),
        "preview": preview_of(campaign, sample),
        "problems": [],
    }


def _after(request: Request, campaign: Campaign) -> dict[str, Any]:
    """Return the counts and one page of recipients, as the address asks."""
    asked = request.GET
    after = key_of_row(asked.get("after", ""))
    result, text = asked.get("result", ""), asked.get("q", "").strip()[:100]
    rows = queries.recipients_page(campaign, result=result, text=text, after=after, size=SIZE)
    results = queries.results_of(campaign)
    reader = next((row.contact for row in rows if row.contact), None)
    return {
        "preview": preview_of(campaign, reader),
        "problems": [],
        "obstacles": rules.obstacles_to_gathering(campaign) if campaign.is_paused else [],
        "results": results,
        "rows": rows[:SIZE],
        "next": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "after": after,
        "result": result,
        "text": text,
        "pills": [("", _("All"), results["all"])]
        + [(name, label, results[name]) for name, label in _labels() if results[name]],
    }


def _labels() -> list[tuple[str, str]]:
    named = [(value, str(label)) for value, label in Result.choices]
    return [*named, ("unsubscribed", _("Unsubscribed"))]
