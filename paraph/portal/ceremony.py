"""The desk of a party who proved their identity: fill, stamp, sign."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.kit import db
from paraph.kit.numbers import whole_number
from paraph.people.http import Request
from paraph.signing import attachments, queries, rules
from paraph.signing.actions import approving, ceremony, proving
from paraph.signing.models import Field, SigningSession
from paraph.signing.refusals import NotYourTurn, SessionExpired
from paraph.signing.terms import terms_of

from . import drafts, places
from .link import COOKIE, behind_link, frame, link_of, origin_of, session_of


@dataclass(frozen=True)
class Typing:
    """A form that came back: what it said, and what was wrong with it."""

    form: Mapping[str, str]
    problems: Mapping[int, str] = field(default_factory=dict)
    has_agreed: bool = False
    status: int = 200


@behind_link
def desk(request: Request, token: str) -> HttpResponse:
    """Show the documents with the party's places, and the form that fills them."""
    session = session_of(request, token)
    return _laid(request, session, token, Typing(drafts.stashed(session.link)))


@require_POST
@behind_link
def save(request: Request, token: str, pk: int) -> HttpResponse:
    """Keep one value while the party goes on; answers nothing but that it is kept."""
    session = session_of(request, token)
    place = get_object_or_404(Field, pk=pk, party=session.link.party)
    places.keep(request, session, place)
    return HttpResponse(status=204)


@require_POST
@behind_link
def finish(request: Request, token: str) -> HttpResponse:
    """Keep what was typed, then sign exactly what was shown."""
    session = _session_or_stash(request, token)
    party = session.link.party
    if party.is_signing or party.is_done:
        return redirect("signing-done", token)
    try:
        return _finished(request, session, token)
    except NotYourTurn:  # another press of the same button came first
        return redirect("signing", token)


@require_POST
@behind_link
def alive(request: Request, token: str) -> HttpResponse:
    """Keep the session open while somebody reads."""
    proving.keep_alive(session_of(request, token), at=request.received_at)
    return HttpResponse(status=204)


def _session_or_stash(request: Request, token: str) -> SigningSession:
    try:
        return session_of(request, token)
    except SessionExpired:
        link = link_of(request, token)
        drafts.stash(request, link, key=request.COOKIES.get(COOKIE, ""))
        raise


def _finished(request: Request, session: SigningSession, token: str) -> HttpResponse:
    own = queries.desk_of(session.link.party, at=request.received_at).fields
    with db.soon_durable():  # as the signature's own commit does; else the page still has them
        refused = places.keep_all(request, session, own)
    problems = places.missing(own) | refused
    has_agreed = request.POST.get("agree") == "yes"
    if problems or not has_agreed:
        form = request.POST.dict() if refused else {}
        typing = Typing(form, problems, has_agreed, status=422)
        return _laid(request, session, token, typing)
    press = approving.approve if session.link.party.is_approver else ceremony.press_sign
    press(
        session,
        terms=terms_of(session.link.party),
        shown=_shown(request.POST),
        origin=origin_of(request),
        at=request.received_at,
    )
    drafts.forget(session.link)
    return redirect("signing-done", token)


def _laid(request: Request, session: SigningSession, token: str, typing: Typing) -> HttpResponse:
    """Lay the documents before the party, with all that was typed so far."""
    party = session.link.party
    lying = queries.desk_of(party, at=request.received_at)
    if not lying.is_my_turn:
        return redirect("signing", token)
    steps = places.steps(lying.fields, party=party, form=typing.form, problems=typing.problems)
    everyone = queries.line_of(party.envelope)
    everybody = [each.pk for each in everyone]
    context = frame(party, token) | {
        "desk": lying,
        "steps": steps,
        "total": len(steps) + 1,
        "first_wrong": next((step.number for step in steps if step.problem), 0),
        "colour": everybody.index(party.pk) % 5 + 1,
        "terms": terms_of(party),
        "has_agreed": typing.has_agreed,
        "agree_problem": "" if typing.has_agreed or typing.status == 200 else _unagreed(),
        "to_name": rules.to_be_named_by(party, everyone),
        "accepted": attachments.ACCEPTED,
        "open_questions": party.questions.filter(answered_at=None).count(),
        "today": request.received_at.date().isoformat(),
    }
    return render(request, "portal/desk.html", context, status=typing.status)


def _unagreed() -> str:
    return _("Tick this box to sign.")


def _shown(form: Mapping[str, str]) -> dict[int, str]:
    """Return the hash of each document that lay before the party, as the page named them."""
    named = {name: whole_number(name[6:]) for name in form if name.startswith("shown-")}
    return {pk: form[name] for name, pk in named.items() if pk is not None}
