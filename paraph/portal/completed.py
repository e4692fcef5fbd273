"""The signed file, for everybody who took part: behind a link, downloaded by a button."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.models import Company
from paraph.documents.models import Document, Revision
from paraph.kit import files
from paraph.people.access import anyone
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.models import Envelope
from paraph.signing.refusals import SessionExpired

from .link import behind_link, frame, link_of, session_of


@behind_link
def offer(request: Request, token: str) -> HttpResponse:
    """Offer the signed file; opening this page downloads nothing."""
    link = link_of(request, token, purpose="file")
    documents = queries.documents_of(link.party.envelope)
    context = frame(link.party, token) | {"documents": documents, "link": link}
    return render(request, "portal/completed.html", context)


@require_POST
@behind_link
def download(request: Request, token: str, document: int) -> HttpResponse:
    """Send the signed file."""
    link = link_of(request, token, purpose="file")
    return _sent(link.party.envelope, document=document)


@require_POST
@behind_link
def certificate(request: Request, token: str, document: int) -> HttpResponse:
    """Send the certificate of completion, a signed file of its own."""
    link = link_of(request, token, purpose="file")
    chosen = _chosen(link.party.envelope, document=document)
    kept = queries.certificate_of(chosen)
    if kept is None:
        raise Http404
    return _file(kept, name=f"{chosen.title} ({_('Certificate of completion')}).pdf")


@require_POST
@behind_link
def own(request: Request, token: str, document: int) -> HttpResponse:
    """Send the signed file to somebody who has just signed it and is still there."""
    try:
        session = session_of(request, token)
    except SessionExpired:
        return redirect("signing-done", token)
    return _sent(session.link.party.envelope, document=document)


def _sent(envelope: Envelope, *, document: int) -> HttpResponse:
    chosen = _chosen(envelope, document=document)
    return _file(queries.newest_revision(chosen), name=f"{chosen.title}.pdf")


def _chosen(envelope: Envelope, *, document: int) -> Document:
    documents = queries.documents_of(envelope)
    chosen = next((item for item in documents if item.pk == document), None)
    if chosen is None or not envelope.is_completed:
        raise Http404
    return chosen


def _file(revision: Revision, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    content = files.get(revision.sha256)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@anyone
def logo(request: Request, pk: int) -> HttpResponse:
    """Send the logo of one of our companies: it stands on our pages and messages."""
    company = get_object_or_404(Company.objects.ours(), pk=pk)
    if not company.logo:
        raise Http404
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(files.get(company.logo), content_type="image/png", headers=headers)
