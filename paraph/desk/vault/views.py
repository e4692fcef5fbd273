"""A signed file: its pages and words, the facts about it, and its bytes."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from paraph.documents import pages
from paraph.documents.text import page_text
from paraph.kit import files
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.models import Deal
from paraph.signing import authority, queries
from paraph.signing.assembly.evidence import archive, completed_revision
from paraph.signing.models import Envelope
from paraph.vault.actions.noting import What, note_saved
from paraph.vault.listing import goes_at, retention_years
from paraph.vault.models import SignedFile
from paraph.vault.queries import holds_on

from .sheets import PAGES_AT_ONCE, TEXTS_AT_ONCE, neighbours, sheets_of, stretch_of

_YEAR = 31_536_000


@allow(Section.VAULT, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show a signed file's pages, and what is known of it."""
    file = file_of(request, pk)
    first, stretch = stretch_of(request, file.page_count, PAGES_AT_ONCE)
    context = {
        "file": file,
        "revision": completed_revision(file.document),
        "sheets": sheets_of(file.document, stretch),
        **known_of(request, file),
        **neighbours(file.page_count, first, PAGES_AT_ONCE),
    }
    return render(request, "desk/vault/detail.html", context)


@allow(Section.VAULT, Right.VIEW)
def text(request: Request, pk: int) -> HttpResponse:
    """Show the words of a signed file."""
    file = file_of(request, pk)
    revision = completed_revision(file.document)
    first, stretch = stretch_of(request, file.page_count, TEXTS_AT_ONCE)
    said = [page_text(revision, number) for number in stretch]
    context = {"file": file, "sheets": said, **neighbours(file.page_count, first, TEXTS_AT_ONCE)}
    return render(request, "desk/vault/text.html", context)


@allow(Section.VAULT, Right.VIEW)
def page(request: Request, pk: int, page: int) -> HttpResponseBase:
    """Send the picture of a page; a browser that has it keeps it."""
    file = file_of(request, pk)
    if not 1 <= page <= file.page_count:
        raise Http404
    revision = completed_revision(file.document)
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


@allow(Section.VAULT, Right.EXPORT)
def download(request: Request, pk: int) -> HttpResponseBase:
    """Send the signed file, to be saved."""
    file = file_of(request, pk, Right.EXPORT)
    _note(request, file, "file")
    content = files.open_file(completed_revision(file.document).sha256)
    name = f"{file.title}.pdf"
    kind = "application/pdf"
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


@allow(Section.VAULT, Right.EXPORT)
def evidence(request: Request, pk: int) -> HttpResponseBase:
    """Send everything that proves a signed file, as one archive."""
    file = file_of(request, pk, Right.EXPORT)
    _note(request, file, "evidence")
    content = archive(file.document, file.envelope, authority=b"".join(authority.certificates()))
    headers = {"Content-Disposition": f'attachment; filename="{file.code}.evidence.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@allow(Section.VAULT, Right.VIEW)
def certificate(request: Request, pk: int) -> HttpResponseBase:
    """Send the certificate of completion, a signed file of its own."""
    file = file_of(request, pk)
    kept = queries.certificate_of(file.document)
    if kept is None:
        raise Http404
    _note(request, file, "certificate")
    headers = {"Content-Disposition": f'attachment; filename="{file.code}.certificate.pdf"'}
    return HttpResponse(files.get(kept.sha256), content_type="application/pdf", headers=headers)


def file_of(request: Request, pk: int, right: Right = Right.VIEW) -> SignedFile:
    """Return a signed file that the person's right reaches; else it is not found."""
    rows = SignedFile.objects.visible_to(request.user, right)
    return get_object_or_404(
        rows.select_related("document", "envelope", "responsible", "deal"), pk=pk
    )


def _note(request: Request, file: SignedFile, what: What) -> None:
    """Remember who takes it out of the house, before any byte of it leaves."""
    at = request.received_at
    note_saved(file.document, file.envelope, what, by=request.actor, at=at)


def known_of(request: Request, file: SignedFile) -> dict[str, Any]:
    """Return the quick facts, with links only to what the person may see."""
    person, rows = request.user, SignedFile.objects.filter(pk=file.pk)
    rights = (Right.EDIT, Right.DELETE, Right.EXPORT)
    return {
        "holds": holds_on(file.document, file.envelope),
        "goes_at": goes_at(file, retention_years()),
        "parties": [it for it in queries.parties_of(file.envelope) if not it.is_gone],
        "sees_envelope": Envelope.objects.visible_to(person).filter(pk=file.envelope_id).exists(),
        "sees_deal": Deal.objects.visible_to(person).filter(signed_files=file).exists(),
        "has_certificate": queries.certificate_of(file.document) is not None,
        "may": {it.value for it in rights if rows.visible_to(person, it).exists()},
    }
