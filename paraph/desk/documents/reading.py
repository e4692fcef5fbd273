"""Reading a document: its pages as pictures or as text, and its file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from paraph.documents import pages, removals
from paraph.documents.models import Document, Revision
from paraph.documents.queries import newest_revision
from paraph.documents.text import page_text
from paraph.kit import files
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.models import Field
from paraph.signing.naming import named_places
from paraph.vault.actions.noting import note_saved
from paraph.vault.models import SignedFile

PAGES_AT_ONCE = 50
TEXTS_AT_ONCE = 20
_YEAR = 31_536_000


@dataclass(frozen=True)
class Sheet:
    """A page to be shown: its number, and the size of its reading picture in pixels."""

    number: int
    width: int
    height: int


@allow(Section.DOCUMENTS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show a document's pages, and what had to be taken out of it."""
    document = _document(request, pk)
    first, stretch = _stretch(request, document, PAGES_AT_ONCE)
    context = {
        "document": document,
        "revision": newest_revision(document),
        "sheets": [_sheet(document, number) for number in stretch],
        "removed": removals.sentences(document.removed),
        "allowed": _allowed(request, document),
        **_neighbours(document, first, PAGES_AT_ONCE),
    }
    return render(request, "desk/documents/detail.html", context)


@allow(Section.DOCUMENTS, Right.VIEW)
def page(request: Request, pk: int, page: int) -> HttpResponseBase:
    """Send the picture of a page; a browser that has it keeps it."""
    document = _document(request, pk)
    if not 1 <= page <= document.page_count:
        raise Http404
    revision = _revision(request, document)
    size = pages.PageSize.PHONE if request.GET.get("size") == "phone" else pages.PageSize.READING
    tag = pages.etag(revision, page, size)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        picture = pages.page_picture(revision, page, size)
        response = HttpResponse(picture, content_type=pages.content_type(picture))
    response["ETag"] = tag
    patch_cache_control(response, private=True, max_age=_YEAR, immutable=True)
    return response


@allow(Section.DOCUMENTS, Right.VIEW)
def text(request: Request, pk: int) -> HttpResponse:
    """Show the words of a document, for whoever cannot or would not look at pictures."""
    document = _document(request, pk)
    revision = newest_revision(document)
    first, stretch = _stretch(request, document, TEXTS_AT_ONCE)
    places = named_places(Field.objects.filter(document=document))
    sheets = [page_text(revision, number, places=places) for number in stretch]
    neighbours = _neighbours(document, first, TEXTS_AT_ONCE)
    context = {"document": document, "sheets": sheets, **neighbours}
    return render(request, "desk/documents/text.html", context)


@allow(Section.DOCUMENTS, Right.VIEW)
def download(request: Request, pk: int) -> HttpResponseBase:
    """Send the file as it is now, to be saved."""
    document = _document(request, pk)
    if signed := SignedFile.objects.filter(document=document).select_related("envelope").first():
        at = request.received_at
        note_saved(document, signed.envelope, "file", by=request.actor, at=at)
    file = files.open_file(newest_revision(document).sha256)
    return FileResponse(
        file, as_attachment=True, filename=f"{document.title}.pdf", content_type="application/pdf"
    )


def _document(request: Request, pk: int) -> Document:
    rows = Document.objects.visible_to(request.user).select_related("responsible")
    return get_object_or_404(rows, pk=pk)


def _revision(request: Request, document: Document) -> Revision:
    """Return the revision whose hash the address names, so that a kept picture stays true."""
    wanted = request.GET.get("of")
    if not wanted:
        return newest_revision(document)
    revision = document.revisions.filter(sha256=wanted).first()
    if revision is None:
        raise Http404
    return revision


def _stretch(request: Request, document: Document, length: int) -> tuple[int, range]:
    wanted = request.GET.get("from", "")
    first = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1
    first = max(1, min(first, document.page_count))
    return first, range(first, min(first + length, document.page_count + 1))


def _neighbours(document: Document, first: int, length: int) -> dict[str, str]:
    after, before = first + length, max(1, first - length)
    return {
        "next": f"?from={after}" if after <= document.page_count else "",
        "previous": f"?from={before}" if first > 1 else "",
    }


def _sheet(document: Document, number: int) -> Sheet:
    width, height = document.pages[number - 1]
    return Sheet(number, round(width * 1.5), round(height * 1.5))


def _allowed(request: Request, document: Document) -> set[str]:
    """Return what the person may do with this very document."""
    rights = (Right.EDIT, Right.DELETE)
    rows = Document.objects.filter(pk=document.pk)
    return {right.value for right in rights if rows.visible_to(request.user, right).exists()}
