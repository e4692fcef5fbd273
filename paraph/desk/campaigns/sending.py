"""Sending is ordered here, watched, stopped, and goes on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from paraph.campaigns import queries
from paraph.campaigns.actions.sending import (
    cancel_campaign,
    launch_campaign,
    pause_campaign,
    resume_campaign,
)
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .views import campaign_of


@allow(Section.CAMPAIGNS, Right.SEND)
def send(request: Request, pk: int) -> HttpResponse:
    """Ask once more with the number, then send."""
    campaign = campaign_of(request, pk, Right.SEND)
    if request.method != "POST":
        number = queries.reached(queries.audience_of(campaign), channel=campaign.channel).writable
        question = ngettext("Send to %d person?", "Send to %d people?", number) % number
        context = {
            "title": question,
            "text": _("What has left cannot be called back."),
            "label": _("Send"),
            "back": reverse("campaign-detail", args=[pk]),
        }
        return render(request, "desk/confirm.html", context)
    launch_campaign(campaign, by=request.actor, at=request.received_at)
    messages.success(request, _("It is being sent. You can leave this page."))
    return redirect("campaign-detail", pk)


@require_POST
@allow(Section.CAMPAIGNS, Right.SEND)
def pause(request: Request, pk: int) -> HttpResponse:
    """Write nothing more for now."""
    campaign = campaign_of(request, pk, Right.SEND)
    pause_campaign(campaign, by=request.actor, at=request.received_at)
    return redirect("campaign-detail", pk)


@require_POST
@allow(Section.CAMPAIGNS, Right.SEND)
def resume(request: Request, pk: int) -> HttpResponse:
    """Go on where it stopped."""
    campaign = campaign_of(request, pk, Right.SEND)
    resume_campaign(campaign, by=request.actor, at=request.received_at)
    return redirect("campaign-detail", pk)


@allow(Section.CAMPAIGNS, Right.SEND)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then stop for good."""
    campaign = campaign_of(request, pk, Right.SEND)
    if request.method != "POST":
        context = {
            "title": _("Stop this campaign for good?"),
            "text": _("Who has not been written to yet gets nothing."),
            "label": _("Stop it"),
            "back": reverse("campaign-detail", args=[pk]),
        }
        return render(request, "desk/confirm.html", context)
    cancel_campaign(campaign, by=request.actor, at=request.received_at)
    messages.success(request, _("It is cancelled. What had left stays with its readers."))
    return redirect("campaign-detail", pk)
