"""The way in: who asks for what, the code, declining, and what happens after signing."""

from datetime import datetime
from math import ceil

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from paraph.people.http import Request
from paraph.signing import codes, proofs, queries, rules
from paraph.signing.actions import ceremony, proving
from paraph.signing.certificate.entries import masked_address
from paraph.signing.deadlines import deadline_told
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Code, Link, Proof
from paraph.signing.passkeys import options_of
from paraph.signing.refusals import CannotDecline

from .link import (
    behind_link,
    frame,
    has_session,
    is_to_decline,
    keep_session,
    link_of,
    origin_of,
    session_of,
    way_in,
)


@behind_link
def landing(request: Request, token: str) -> HttpResponse:
    """Say who asks for a signature on what. Opening this page changes nothing."""
    link = link_of(request, token)
    party = link.party
    if party.status in {PartyStatus.SIGNING, PartyStatus.SIGNED, PartyStatus.DECLINED}:
        return redirect("signing-done", token)
    desk = queries.desk_of(party, at=request.received_at)
    if desk.is_my_turn and has_session(request, link):
        return redirect("signing-decline" if is_to_decline(request) else "signing-desk", token)
    context = frame(party, token) | {"desk": desk, "is_to_decline": is_to_decline(request)}
    context["deadline"] = deadline_told(party)
    if desk.is_my_turn:
        context |= _code_of(request, link)
    return render(request, "portal/landing.html", context)


@require_POST
@behind_link
def request_code(request: Request, token: str) -> HttpResponse:
    """Send a code; only a press on the button does."""
    link = link_of(request, token)
    proving.request_code(link, origin=origin_of(request), at=request.received_at)
    return redirect(way_in(request, token))


@require_POST
@behind_link
def passkey(request: Request, token: str) -> HttpResponse:
    """Answer the island that asks the browser for a passkey of the employee's account."""
    link = link_of(request, token)
    code = proving.ask_for_passkey(link, origin=origin_of(request), at=request.received_at)
    person = link.party.employee
    return JsonResponse(dict(options_of(code, person=person)) if person else {})


@require_POST
@behind_link
def enter_code(request: Request, token: str) -> HttpResponse:
    """Open the desk, or the page that declines, to somebody who has the right code."""
    link = link_of(request, token)
    key = proving.enter_code(
        link,
        digits=request.POST.get("digits", ""),
        proof=request.POST.get("proof", ""),
        origin=origin_of(request),
        at=request.received_at,
    )
    response = redirect("signing-decline" if is_to_decline(request) else "signing-desk", token)
    keep_session(response, token, key=key)
    return response


@behind_link
def decline(request: Request, token: str) -> HttpResponse:
    """Ask for the reason, then end the signing; only for somebody who has proved who they are."""
    session = session_of(request, token)
    context = frame(session.link.party, token)
    if request.method != "POST":
        return render(request, "portal/decline.html", context)
    reason, origin = request.POST.get("reason", ""), origin_of(request)
    try:
        ceremony.decline(session, reason=reason, origin=origin, at=request.received_at)
    except CannotDecline as refused:
        context |= {"reason": reason, "problem": " ".join(refused.reasons)}
        return render(request, "portal/decline.html", context, status=422)
    return redirect("signing-done", token)


@behind_link
def done(request: Request, token: str) -> HttpResponse:
    """Show what becomes of the act: being sealed, signed, completed, or declined."""
    link = link_of(request, token)
    if link.party.is_asked and link.party.envelope.is_open:
        return redirect("signing", token)
    context = frame(link.party, token) | {"is_working": _is_working(link)}
    if link.party.envelope.is_completed and has_session(request, link):
        context["documents"] = queries.documents_of(link.party.envelope)
    part = "#outcome" if request.htmx else ""
    return render(request, f"portal/done.html{part}", context)


def _code_of(request: Request, link: Link) -> dict[str, object]:
    """Return what the page says of codes: sent or not, to where, how long until another."""
    code = link.codes.sent().first()
    documents_hash = queries.documents_hash(link.party)
    at = request.received_at
    is_sent = code is not None and rules.is_code_alive(code, documents_hash=documents_hash, at=at)
    pause = code.created_at + codes.CODE_PAUSE - at if code else None
    own = link.party.employee if rules.may_prove(Proof.PASSKEY, party=link.party) else None
    is_agreed = link.party.code_channel == Proof.ACCESS
    are_words_locked = is_agreed and rules.are_words_locked(proofs.wrong_words(link.party))
    return {
        "is_sent": is_sent,
        "is_locked": rules.is_link_locked(link) or are_words_locked,
        "are_words_locked": are_words_locked,
        "is_code_locked": code is not None and _is_spent(code, at=at),
        "address": masked_address(link.party.address(link.party.code_channel)),
        "is_agreed": is_agreed,
        "has_app": proofs.has_app(own),
        "has_passkey": proofs.has_passkey(own),
        "wait_seconds": max(0, ceil(pause.total_seconds())) if pause else 0,
    }


def _is_spent(code: Code, *, at: datetime) -> bool:
    """Tell whether only the wrong tries keep this code from being entered."""
    return at < code.expires_at and code.wrong_tries >= codes.TRIES_PER_CODE


def _is_working(link: Link) -> bool:
    return link.party.status == PartyStatus.SIGNING or link.party.envelope.status == "closing"
