"""Reading one document of the stack: its pages as they would be signed, with what lies on file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from paraph.documents import pages
from paraph.documents.models import Document
from paraph.kit import files
from paraph.people.access import signed_in
from paraph.people.http import Request
from paraph.signing import pictures, queries, stacks
from paraph.signing.models import Field, Party
from paraph.signing.stacks import Waiting


@dataclass(frozen=True)
class Place:
    """A place of the reader's on a page, and whether a picture for it lies on file."""

    field: Field
    has_picture: bool


@dataclass(frozen=True)
class Sheet:
    """One page: its size in points, and the reader's places on it."""

    document: Document
    number: int
    width: float
    height: float
    places: list[Place]


@signed_in
def read(request: Request, party: int) -> HttpResponse:
    """Show every page of what waits, and the way to the next one."""
    everything = stacks.waiting_for(request.user, at=request.received_at)
    numbers = [it.party.pk for it in everything]
    if party not in numbers:
        raise Http404
    at = numbers.index(party)
    item = everything[at]
    context = {
        "item": item,
        "sheets": _sheets(item),
        "number": at + 1,
        "total": len(everything),
        "previous": numbers[at - 1] if at else None,
        "next": numbers[at + 1] if at + 1 < len(numbers) else None,
        "here": "stack",
    }
    return render(request, "desk/stack/read.html", context)


@signed_in
def page(request: Request, party: int, document: int, page: int) -> HttpResponse:
    """Send the picture of one page as it is now."""
    row = _mine(request, party)
    chosen = next((one for one in queries.documents_of(row.envelope) if one.pk == document), None)
    if chosen is None or not 1 <= page <= chosen.page_count:
        raise Http404
    is_wide = request.GET.get("size") == "reading"
    size = pages.PageSize.READING if is_wide else pages.PageSize.PHONE
    picture = pages.page_picture(queries.newest_revision(chosen), page, size)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(picture, content_type=pages.content_type(picture), headers=headers)


@signed_in
def picture(request: Request, party: int, kind: str) -> HttpResponse:
    """Send the stamp or signature on file that would be put into the places."""
    name = pictures.saved_picture(_mine(request, party), kind)
    if not name:
        raise Http404
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(files.get(name), content_type="image/png", headers=headers)


def _mine(request: Request, party: int) -> Party:
    """Return the reader's part of an envelope that was sent; nobody else's."""
    asked = queries.waiting_for(request.user)
    return get_object_or_404(asked, pk=party)


def _sheets(item: Waiting) -> list[Sheet]:
    return [
        Sheet(document, number, width, height, _places(item, document, number))
        for document in item.documents
        for number, (width, height) in enumerate(document.pages, start=1)
    ]


def _places(item: Waiting, document: Document, page: int) -> list[Place]:
    return [
        Place(place, bool(pictures.saved_picture(item.party, place.kind)))
        for place in item.fields
        if place.document_id == document.pk and place.page == page
    ]
