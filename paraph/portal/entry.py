"""The way in: who asks for what, the code, declining, and what happens after signing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.actions import ceremony, proving
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Link

from .link import behind_link, frame, has_session, keep_session, link_of, origin_of


@behind_link
def landing(request: Request, token: str) -> HttpResponse:
    """Say who asks for a signature on what. Opening this page changes nothing."""
    link = link_of(request, token)
    party = link.party
    if party.status in {PartyStatus.SIGNING, PartyStatus.SIGNED, PartyStatus.DECLINED}:
        return redirect("signing-done", token)
    desk = queries.desk_of(party, at=request.received_at)
    if desk.is_my_turn and has_session(request, link):
        return redirect("signing-desk", token)
    code = link.codes.first()
    is_waiting = (
        code is not None and code.used_at is None and code.expires_at > request.received_at
    )
    context = frame(party, token) | {"desk": desk, "code": code if is_waiting else None}
    return render(request, "portal/landing.html", context)


@require_POST
@behind_link
def request_code(request: Request, token: str) -> HttpResponse:
    """Send a code; only a press on the button does."""
    link = link_of(request, token)
    proving.request_code(link, origin=origin_of(request), at=request.received_at)
    return redirect("signing", token)


@require_POST
@behind_link
def enter_code(request: Request, token: str) -> HttpResponse:
    """Open the desk to somebody who has the right code."""
    link = link_of(request, token)
    digits = request.POST.get("digits", "")
    key = proving.enter_code(
        link, digits=digits, origin=origin_of(request), at=request.received_at
    )
    response = redirect("signing-desk", token)
    keep_session(response, token, key=key)
    return response


@behind_link
def decline(request: Request, token: str) -> HttpResponse:
    """Ask for the reason, then end the signing."""
    link = link_of(request, token)
    if request.method != "POST":
        return render(request, "portal/decline.html", frame(link.party, token))
    reason, origin = request.POST.get("reason", ""), origin_of(request)
    ceremony.decline(link, reason=reason, origin=origin, at=request.received_at)
    return redirect("signing-done", token)


@behind_link
def done(request: Request, token: str) -> HttpResponse:
    """Show what becomes of the act: being sealed, signed, completed, or declined."""
    link = link_of(request, token)
    context = frame(link.party, token) | {"is_working": _is_working(link)}
    part = "#outcome" if request.htmx else ""
    return render(request, f"portal/done.html{part}", context)


def _is_working(link: Link) -> bool:
    return link.party.status == PartyStatus.SIGNING or link.party.envelope.status == "closing"
