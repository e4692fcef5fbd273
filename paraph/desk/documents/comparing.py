"""What changed: a document beside an earlier version of it, or beside another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from paraph.documents.comparing import what_changed
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.documents.queries import newest_revision
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.models import Envelope

MOST_OFFERED = 12


@dataclass(frozen=True)
class Offer:
    """Something that the document can be compared with: ``key`` names its revision.

    What it came from is compared without being asked for.
    """

    key: str
    label: str
    revision: Revision
    is_earlier: bool = False


@allow(Section.DOCUMENTS, Right.VIEW)
def changes(request: Request, pk: int) -> HttpResponse:
    """Show what the document says otherwise than the version it came from, or a chosen one."""
    rows = Document.objects.visible_to(request.user).select_related("responsible")
    document = get_object_or_404(rows, pk=pk)
    offers = [*_versions(document), *_others(request, document)]
    wanted = request.GET.get("with", "")
    chosen = next((offer for offer in offers if offer.key == wanted), None)
    chosen = chosen or next((offer for offer in offers if offer.is_earlier), None)
    newest = _as_sent(document) or newest_revision(document)
    context = {
        "document": document,
        "offers": offers,
        "chosen": chosen,
        "comparison": what_changed(chosen.revision, newest) if chosen else None,
    }
    return render(request, "desk/documents/changes.html", context)


def _versions(document: Document) -> Sequence[Offer]:
    """Return the earlier files of the document, the last one first."""
    kept = document.revisions.filter(kind=RevisionKind.ORIGINAL).select_related("document")
    earlier = kept.order_by("-number")[1 : MOST_OFFERED + 1]
    return [
        Offer(f"r{it.number}", _("This document, as of %s") % _moment(it), it, is_earlier=True)
        for it in earlier
    ]


def _others(request: Request, document: Document) -> Sequence[Offer]:
    """Return what it corrects, and what was made of the same deal or template."""
    before = _corrected(document)
    alike = Q(pk__in=[it.pk for it in before])
    if document.deal_id:
        alike |= Q(deal=document.deal_id)
    if document.template_id:
        alike |= Q(template=document.template_id)
    rows = Document.objects.visible_to(request.user).filter(alike).exclude(pk=document.pk)
    found = list(rows.order_by("-created_at", "-id")[:MOST_OFFERED])
    found.sort(key=lambda it: it not in before)
    kept = ((it, _as_sent(it), it in before) for it in found)
    return [
        Offer(f"d{it.pk}", _("Corrected: %s") % it.title if is_earlier else it.title, revision,
              is_earlier=is_earlier)
        for it, revision, is_earlier in kept
        if revision
    ]  # fmt: skip


def _corrected(document: Document) -> Sequence[Document]:
    """Return the documents of the envelope that this document's envelope corrects."""
    envelope = Envelope.objects.filter(
        enclosures__document=document, corrects__isnull=False
    ).select_related("corrects").first()  # fmt: skip
    return queries.documents_of(envelope.corrects) if envelope and envelope.corrects else []


def _as_sent(document: Document) -> Revision | None:
    """Return the file before acts and certificate were put into it."""
    rows = document.revisions.filter(kind=RevisionKind.ORIGINAL).select_related("document")
    return rows.order_by("-number").first()


def _moment(revision: Revision) -> str:
    return date_format(localtime(revision.created_at), "SHORT_DATETIME_FORMAT")
