"""What lies on the desk, to look at: pages as pictures and as text, the file, what was placed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from paraph.documents import pages, text
from paraph.kit import files
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.models import Field
from paraph.signing.naming import named_places
from paraph.signing.pictures import saved_picture
from paraph.signing.queries import DeskDocument

from .link import behind_link, frame, session_of

TEXTS_AT_ONCE = 20


@behind_link
def page(request: Request, token: str, document: int, page: int) -> HttpResponse:
    """Send the picture of one page as it is now."""
    item = _lying(request, token, document)
    if not 1 <= page <= item.document.page_count:
        raise Http404
    wide = request.GET.get("size") == "reading"
    size = pages.PageSize.READING if wide else pages.PageSize.PHONE
    picture = pages.page_picture(item.revision, page, size)
    return HttpResponse(picture, content_type=pages.content_type(picture))


@behind_link
def words(request: Request, token: str, document: int) -> HttpResponse:
    """Show the document as text that reflows and can be read aloud."""
    item = _lying(request, token, document)
    party = session_of(request, token).link.party
    places = named_places([*item.fields, *item.others], reader=party)
    first = _first(request.GET.get("from", ""), last=item.document.page_count)
    numbers = range(first, min(first + TEXTS_AT_ONCE, item.document.page_count + 1))
    sheets = [text.page_text(item.revision, number, places=places) for number in numbers]
    context = frame(party, token) | {"document": item.document, "sheets": sheets}
    context |= {
        "previous": f"?from={max(1, first - TEXTS_AT_ONCE)}" if first > 1 else "",
        "next": f"?from={numbers.stop}" if numbers.stop <= item.document.page_count else "",
    }
    return render(request, "portal/text.html", context)


@behind_link
def file(request: Request, token: str, document: int) -> HttpResponse:
    """Send the document as it is now, to read or print."""
    item = _lying(request, token, document)
    name = content_disposition_header(True, f"{item.document.title}.pdf") or "attachment"
    content = files.get(item.revision.sha256)
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@behind_link
def picture(request: Request, token: str, pk: int) -> HttpResponse:
    """Send the picture that lies in one of the party's places."""
    party = session_of(request, token).link.party
    place = get_object_or_404(Field, pk=pk, party=party)
    if not place.picture:
        raise Http404
    return HttpResponse(files.get(place.picture), content_type="image/png")


@behind_link
def saved(request: Request, token: str, kind: str) -> HttpResponse:
    """Send the stamp or signature that our company keeps for its director."""
    name = saved_picture(session_of(request, token).link.party, kind)
    if not name:
        raise Http404
    return HttpResponse(files.get(name), content_type="image/png")


def _first(wanted: str, *, last: int) -> int:
    is_number = wanted.isdecimal() and len(wanted) < 6
    return max(1, min(int(wanted), last)) if is_number else 1


def _lying(request: Request, token: str, document: int) -> DeskDocument:
    desk = queries.desk_of(session_of(request, token).link.party, at=request.received_at)
    for item in desk.documents:
        if item.document.pk == document:
            return item
    raise Http404
