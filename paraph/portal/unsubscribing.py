"""Leaving a mailing: by one click of a mail program (RFC 8058), or by the button of a page.

Looking at the page changes nothing: scanners and previews open links.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from paraph.campaigns import queries
from paraph.campaigns.actions import consenting
from paraph.campaigns.models import Recipient
from paraph.campaigns.refusals import NoSuchSubscription
from paraph.people.access import anyone
from paraph.people.http import Request

from .link import Sender

ONE_CLICK = "List-Unsubscribe"


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, token: str) -> HttpResponse:
    """Offer to unsubscribe; do it on POST, at once and without cookies, or take it back.

    A mail program has no CSRF token; who holds the link may do this, and nothing else with it.
    """
    response = _answer(request, token)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def _answer(request: Request, token: str) -> HttpResponse:
    try:
        recipient = queries.recipient_of(token)
    except NoSuchSubscription:
        return render(request, "portal/no_subscription.html", status=404)
    if request.method == "POST":
        verb = consenting.resubscribe if "back" in request.POST else consenting.unsubscribe
        recipient = verb(token, at=request.received_at)
        if ONE_CLICK in request.POST:
            return HttpResponse()
    with translation.override(recipient.campaign.language):
        return _page(request, recipient, token)


def _page(request: HttpRequest, recipient: Recipient, token: str) -> HttpResponse:
    company = recipient.campaign.company
    context = {
        "company": Sender(company.name, "", company.colour),
        "recipient": recipient,
        "token": token,
        "has_left": recipient.unsubscribed_at is not None,
        "is_back": request.method == "POST" and recipient.unsubscribed_at is None,
    }
    return render(request, "portal/unsubscribe.html", context)
