"""What every page behind a link shares: the link itself, the session, the visitor's origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from paraph.contacts.models import Company
from paraph.kit.errors import Refused
from paraph.people.access import anyone
from paraph.people.http import Request, address_of
from paraph.signing import access
from paraph.signing.choices import Origin
from paraph.signing.models import Link, Party, SigningSession
from paraph.signing.refusals import LinkExpired, SessionExpired

P = ParamSpec("P")
View = Callable[Concatenate[Request, str, P], HttpResponseBase]
COOKIE = "__Secure-signing" if settings.IS_HTTPS else "signing"


@dataclass(frozen=True)
class Sender:
    """The company that asks, as the page's frame shows it."""

    name: str
    logo_url: str
    colour: str


def behind_link(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Guard a page of a link: its refusals are told in the visitor's words, nothing is cached.

    The referrer policy is same-origin: with no-referrer, browsers would send ``Origin: null``
    and every form would be refused; nobody else ever sees the address either way.
    """

    @wraps(view)
    def guarded(
        request: Request, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            response = view(request, token, *args, **kwargs)
        except SessionExpired as expired:
            if not is_to_decline(request):  # the way in says itself why it asks for a code
                messages.error(request, str(expired))
            response = redirect(way_in(request, token))
        except LinkExpired as expired:
            response = refusal(request, expired)
        except Refused as refused:
            response = _told(request, token, refused)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        return response

    return anyone(guarded)


def link_of(request: Request, token: str, *, purpose: str = "sign") -> Link:
    """Return the link and speak the party's language, unless the visitor chose another.

    A closed link says in that language why it is closed.
    """
    link = access.find_link(token, purpose=purpose)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(link.party.language)
        request.LANGUAGE_CODE = link.party.language
    access.refuse_closed(link, at=request.received_at)
    return link


def session_of(request: Request, token: str) -> SigningSession:
    """Return the visitor's signing session; raises ``SessionExpired``."""
    link = link_of(request, token)
    return access.open_session(link, key=request.COOKIES.get(COOKIE, ""), at=request.received_at)


def has_session(request: Request, link: Link) -> bool:
    """Tell whether the visitor proved their identity already."""
    try:
        access.open_session(link, key=request.COOKIES.get(COOKIE, ""), at=request.received_at)
    except SessionExpired:
        return False
    return True


def is_to_decline(request: HttpRequest) -> bool:
    """Tell whether the visitor is on the way to decline: the code comes before that, too."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    return asked == "decline" or request.path.endswith("/decline/")


def way_in(request: HttpRequest, token: str) -> str:
    """Return the address where the code is asked for; it remembers what comes afterwards."""
    return reverse("signing", args=[token]) + ("?next=decline" if is_to_decline(request) else "")


def keep_session(response: HttpResponse, token: str, *, key: str) -> None:
    """Hand the session's key to the browser, for this link's pages only."""
    response.set_cookie(
        COOKIE,
        key,
        path=reverse("signing", args=[token]),
        httponly=True,
        secure=settings.IS_HTTPS,
        samesite="Lax",
    )


def origin_of(request: HttpRequest) -> Origin:
    """Return from where the visitor acts, and with which program."""
    agent = request.headers.get("User-Agent", "")
    return Origin(ip=address_of(request), user_agent=agent)


def frame(party: Party, token: str) -> dict[str, object]:
    """Return what the frame shows: the asking company, its logo and colour."""
    company: Company | None = party.envelope.company
    if company is None:
        return {"token": token, "party": party, "envelope": party.envelope}
    logo = reverse("logo", args=[company.pk]) if company.logo else ""
    sender = Sender(company.name, logo, company.colour)
    return {"token": token, "party": party, "envelope": party.envelope, "company": sender}


def refusal(request: HttpRequest, refused: LinkExpired) -> HttpResponse:
    """Say on a page of its own that the link opens nothing, and what helps."""
    context = {"why": str(refused)}
    return render(request, "portal/refused.html", context, status=refused.status)


def _told(request: HttpRequest, token: str, refused: Refused) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "island":
        words = " ".join(refused.reasons)
        return HttpResponse(words, status=refused.status, content_type="text/plain; charset=utf-8")
    for reason in refused.reasons:
        messages.error(request, reason)
    is_past_the_code = request.path.endswith(("/finish/", "/alive/")) or "/fields/" in request.path
    return (
        redirect("signing-desk", token) if is_past_the_code else redirect(way_in(request, token))
    )
