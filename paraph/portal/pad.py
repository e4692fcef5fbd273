"""A phone as the drawing pad of a page on a desktop: offered by QR, drawn once, then over."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.documents.pictures import clean_picture
from paraph.documents.refusals import CannotUse
from paraph.people.access import anyone
from paraph.people.http import Request
from paraph.signing import access
from paraph.signing.actions import lending
from paraph.signing.models import Field
from paraph.signing.refusals import LinkExpired, SessionExpired

from .link import behind_link, frame, refusal, session_of


@require_POST
@behind_link
def lend(request: Request, token: str, pk: int) -> HttpResponse:
    """Offer the phone: a picture to scan, good for one drawing in the next minutes."""
    session = session_of(request, token)
    place = get_object_or_404(Field, pk=pk, party=session.link.party)
    lent = lending.lend_pad(session, field=place, at=request.received_at)
    address = f"{settings.PARAPH_URL}{reverse('pad', args=[lent])}"
    return render(request, "portal/pad_offer.html", {"qr": _qr(address), "address": address})


@behind_link
def drawn(request: Request, token: str, pk: int) -> HttpResponse:
    """Tell the waiting page whether the phone has drawn."""
    session = session_of(request, token)
    pads = session.pads.filter(field_id=pk, field__party=session.link.party_id)
    newest = pads.order_by("-id").first()
    is_drawn = newest is not None and newest.used_at is not None
    return JsonResponse({"drawn": is_drawn})


@anyone
def pad(request: Request, token: str) -> HttpResponse:
    """Show the canvas on the phone; take the drawing that it sends."""
    try:
        response = _drawn(request, token) if request.method == "POST" else _canvas(request, token)
    except (LinkExpired, SessionExpired):
        words = _("Ask for a new one on the page where you are signing.")
        response = refusal(request, LinkExpired(words))
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def _canvas(request: Request, token: str, *, problem: str = "") -> HttpResponse:
    """The page names nobody: whoever finds the phone's screen learns nothing."""
    lent = access.open_pad(token, at=request.received_at)
    company = frame(lent.session.link.party, token).get("company")
    context = {"company": company, "token": token, "problem": problem, "place": lent.field}
    return render(request, "portal/pad.html", context, status=422 if problem else 200)


def _drawn(request: Request, token: str) -> HttpResponse:
    lent = access.open_pad(token, at=request.received_at)
    upload = request.FILES.get("picture")
    if upload is None:
        return _canvas(request, token, problem=_("Draw something first."))
    try:
        picture = clean_picture(upload.read(), name=upload.name or "")
    except CannotUse as refused:
        return _canvas(request, token, problem=" ".join(refused.reasons))
    lending.keep_drawing(lent, picture=picture, at=request.received_at)
    return render(request, "portal/pad.html", {"is_done": True})


def _qr(address: str) -> str:
    drawing = BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", border=2, dark="#17243a", light="#fff", xmldecl=False, svgclass="qr"
    )
    return drawing.getvalue().decode()
