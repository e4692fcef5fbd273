"""The first page after signing in, the search over everything, and the language switch."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from paraph.board import queries as board
from paraph.board.listing import envelope_listing
from paraph.contacts.company_queries import companies_named
from paraph.contacts.queries import suggestions
from paraph.desk.attention.remedies import needs_of, team_of
from paraph.people.access import Can, anyone, signed_in
from paraph.people.actions.editing import change_language
from paraph.people.http import Request
from paraph.people.models import Employee, Installation
from paraph.sales.queries import deals_named
from paraph.signing import queries

FOUND = 10


@signed_in
def start(request: Request) -> HttpResponse:
    """Tell a newcomer what to try, and everybody what waits for them."""
    may_view = Can(request)["view_documents"]
    at = request.received_at
    context = {
        "needs": needs_of(request.user, at=at) if may_view else [],
        "team": team_of(request.user, at=at) if may_view else [],
        "waiting": queries.waiting_for(request.user)[:FOUND],
        "recent": queries.envelopes_for(request.user)[:FOUND],
        "columns": board.counts(request.user, envelope_listing(at=request.received_at)),
        "is_trial": Installation.here().is_trial,
    }
    return render(request, "desk/start/start.html", context)


@signed_in
def search(request: Request) -> HttpResponse:
    """Find documents, contacts, deals and companies by any part of what they say."""
    text = request.GET.get("q", "").strip()
    context = {
        "text": text,
        "envelopes": queries.envelopes_for(request.user, text=text)[:FOUND] if text else [],
        "contacts": suggestions(request.user, search=text) if text else [],
        "deals": deals_named(request.user, text) if text else [],
        "companies": companies_named(request.user, text) if text else [],
    }
    return render(request, "desk/start/search.html", context)


@anyone
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Speak this language from now on: kept for the person, or in a cookie for a visitor."""
    language, following = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = "/"
    response = redirect(following)
    if language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Employee):
        person, at = request.user, request.received_at
        change_language(person, language=language, by=request.actor, at=at)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=31_536_000,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )
    return response
