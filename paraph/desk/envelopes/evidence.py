"""What proves a completed document: its certificate of completion, and the owner's evidence."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.kit import files
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import authority, queries
from paraph.signing.assembly.evidence import archive
from paraph.signing.models import Envelope
from paraph.vault.actions.noting import note_saved


@allow(Section.DOCUMENTS, Right.SEND)
def evidence(request: Request, pk: int, document: int) -> HttpResponse:
    """Send everything that proves a completed document, as one archive.

    It holds addresses, phones and what was attached: for those who may send it, not all readers.
    """
    envelope, chosen = _completed(request, pk, document, right=Right.SEND)
    note_saved(chosen, envelope, "evidence", by=request.actor, at=request.received_at)
    certificates = b"".join(authority.certificates())
    content = archive(chosen, envelope, authority=certificates)
    return _sent(content, name=f"{chosen.code}.evidence.zip", kind="application/zip")


@allow(Section.DOCUMENTS, Right.VIEW)
def certificate(request: Request, pk: int, document: int) -> HttpResponse:
    """Send the certificate of completion, a signed file of its own."""
    envelope, chosen = _completed(request, pk, document)
    kept = queries.certificate_of(chosen)
    if kept is None:
        raise Http404
    note_saved(chosen, envelope, "certificate", by=request.actor, at=request.received_at)
    name = f"{chosen.title} ({_('Certificate of completion')}).pdf"
    return _sent(files.get(kept.sha256), name=name, kind="application/pdf")


def _completed(
    request: Request, pk: int, document: int, *, right: Right = Right.VIEW
) -> tuple[Envelope, Document]:
    within = Envelope.objects.visible_to(request.user, right)
    envelope = get_object_or_404(within.completed(), pk=pk)
    chosen = next((it for it in queries.documents_of(envelope) if it.pk == document), None)
    if chosen is None:
        raise Http404
    return envelope, chosen


def _sent(content: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
