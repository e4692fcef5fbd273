"""The desk of a party who proved their identity: read, fill, stamp, sign."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.documents import pages
from paraph.documents.pictures import clean_picture
from paraph.kit import files
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.actions import ceremony, proving
from paraph.signing.models import Field, Party, SigningSession
from paraph.signing.refusals import CannotSave
from paraph.signing.rules import PICTURES

from .link import behind_link, frame, origin_of, session_of
from .terms import terms_of
from .typing import written

SAVED = {"signature": "signature", "initials": "signature", "stamp": "stamp"}


@behind_link
def desk(request: Request, token: str) -> HttpResponse:
    """Show the documents with the party's places, and the form that fills them."""
    session = session_of(request, token)
    party = session.link.party
    lying = queries.desk_of(party, at=request.received_at)
    if not lying.is_my_turn:
        return redirect("signing", token)
    context = frame(party, token) | {
        "desk": lying,
        "terms": terms_of(party),
        "saved": {kind: bool(_saved(party, kind)) for kind in SAVED},
        "today": request.received_at.date().isoformat(),
    }
    return render(request, "portal/desk.html", context)


@require_POST
@behind_link
def save(request: Request, token: str, pk: int) -> HttpResponse:
    """Keep one value while the party goes on; answers nothing but that it is kept."""
    session = session_of(request, token)
    place = _own(session, pk)
    _keep(request, session, place)
    return HttpResponse(status=204)


@require_POST
@behind_link
def finish(request: Request, token: str) -> HttpResponse:
    """Keep what was typed, then sign exactly what was shown."""
    session = session_of(request, token)
    for place in Field.objects.filter(party=session.link.party):
        _keep(request, session, place)
    has_agreed = request.POST.get("agree") == "yes"
    ceremony.press_sign(
        session,
        terms=terms_of(session.link.party) if has_agreed else "",
        shown=_shown(request.POST),
        origin=origin_of(request),
        at=request.received_at,
    )
    return redirect("signing-done", token)


@require_POST
@behind_link
def alive(request: Request, token: str) -> HttpResponse:
    """Keep the session open while somebody reads."""
    proving.keep_alive(session_of(request, token), at=request.received_at)
    return HttpResponse(status=204)


@behind_link
def page(request: Request, token: str, document: int, page: int) -> HttpResponse:
    """Send the picture of one page as it is now."""
    desk = queries.desk_of(session_of(request, token).link.party, at=request.received_at)
    item = next((item for item in desk.documents if item.document.pk == document), None)
    if item is None or not 1 <= page <= item.document.page_count:
        raise Http404
    wide = request.GET.get("size") == "reading"
    size = pages.PageSize.READING if wide else pages.PageSize.PHONE
    picture = pages.page_picture(item.revision, page, size)
    return HttpResponse(picture, content_type=pages.content_type(picture))


@behind_link
def read(request: Request, token: str, document: int) -> HttpResponse:
    """Send the document as it is now, to read or print."""
    desk = queries.desk_of(session_of(request, token).link.party, at=request.received_at)
    item = next((item for item in desk.documents if item.document.pk == document), None)
    if item is None:
        raise Http404
    name = content_disposition_header(True, f"{item.document.title}.pdf") or "attachment"
    content = files.get(item.revision.sha256)
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@behind_link
def picture(request: Request, token: str, pk: int) -> HttpResponse:
    """Send the picture that lies in one of the party's places."""
    place = _own(session_of(request, token), pk)
    if not place.picture:
        raise Http404
    return HttpResponse(files.get(place.picture), content_type="image/png")


@behind_link
def saved_picture(request: Request, token: str, kind: str) -> HttpResponse:
    """Send the stamp or signature that our company keeps for its director."""
    name = _saved(session_of(request, token).link.party, kind)
    if not name:
        raise Http404
    return HttpResponse(files.get(name), content_type="image/png")


def _own(session: SigningSession, pk: int) -> Field:
    return get_object_or_404(Field, pk=pk, party=session.link.party)


def _keep(request: Request, session: SigningSession, place: Field) -> None:
    """Keep what the form says about a place; a place it does not name stays as it is."""
    if place.kind in PICTURES:
        if name := _picture(request, session.link.party, place):
            ceremony.save_value(session, field=place, picture=name, at=request.received_at)
        return
    name = f"field-{place.pk}"
    if name in request.POST:
        value = request.POST[name].strip()
        ceremony.save_value(session, field=place, value=value, at=request.received_at)


def _picture(request: Request, party: Party, place: Field) -> str:
    """Return the hash of the picture that the form gives a place, or nothing."""
    how = request.POST.get(f"how-{place.pk}", "")
    if how == "saved":
        return _saved(party, place.kind)
    upload = request.FILES.get(f"picture-{place.pk}")
    if how in {"drawn", "uploaded", ""} and upload is not None:
        return clean_picture(upload.read(), name=upload.name or "")
    typed = request.POST.get(f"typed-{place.pk}", "").strip()
    if how == "typed":
        if not typed:
            raise CannotSave(_("Type your name, draw it, or upload a picture of it."))
        return files.put(written(typed))
    return ""


def _saved(party: Party, kind: str) -> str:
    """Return the hash of the picture our company keeps: for its own signer alone."""
    company = party.envelope.company
    if not party.is_ours or company is None or kind not in SAVED:
        return ""
    return str(getattr(company, SAVED[kind]))


def _shown(form: Mapping[str, str]) -> dict[int, str]:
    """Return the hash of each document that lay before the party, as the page named them."""
    names = [name for name in form if name.startswith("shown-") and name[6:].isdigit()]
    return {int(name[6:]): form[name] for name in names}
