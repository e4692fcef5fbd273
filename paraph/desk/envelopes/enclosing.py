"""Step 1 of the preparation: which documents travel, in which order, under which titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.documents.actions.adding import add_document
from paraph.documents.actions.keeping import rename_document
from paraph.documents.intake import Upload, title_from
from paraph.documents.kinds import PICTURES, kind_of
from paraph.documents.models import Document
from paraph.kit.errors import Refused
from paraph.kit.numbers import key_of_row, whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.models import Deal
from paraph.signing import queries
from paraph.signing.actions.drafting import choose_documents, create_draft
from paraph.signing.lifecycle import Status
from paraph.signing.marks import read_marks
from paraph.signing.models import Envelope

from . import wizard

RECENT = 8


@allow(Section.DOCUMENTS, Right.SEND)
def new(request: Request) -> HttpResponse:
    """Choose a document or upload one; the draft begins with it."""
    return _step(request, None)


@allow(Section.DOCUMENTS, Right.SEND)
def document(request: Request, pk: int) -> HttpResponse:
    """Add documents to a draft."""
    return _step(request, wizard.draft_of(request, pk))


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def enclosure(request: Request, pk: int, document: int) -> HttpResponse:
    """Move one document of a draft up or down, take it out, or give it another title."""
    envelope = wizard.draft_of(request, pk)
    documents = queries.documents_of(envelope)
    at = next((at for at, it in enumerate(documents) if it.pk == document), None)
    if at is not None and (title := request.POST.get("title", "").strip()[:200]):
        by, moment = request.actor, request.received_at
        rename_document(documents[at], title=title, by=by, at=moment)
    elif at is not None:
        _reorder(request, envelope, documents, at)
    return redirect("envelope-document", pk)


def _reorder(request: Request, envelope: Envelope, documents: list[Document], at: int) -> None:
    moved = documents.pop(at)
    places = {"up": max(at - 1, 0), "down": at + 1}
    if (way := request.POST.get("move", "")) in places:
        documents.insert(places[way], moved)
    elif way != "out":
        return
    choose_documents(envelope, documents=documents, by=request.actor, at=request.received_at)


def _step(request: Request, envelope: Envelope | None) -> HttpResponse:
    problems: list[str] = []
    if request.method == "POST":
        try:
            chosen = _chosen(request)
        except Refused as refused:
            problems = refused.reasons
        else:
            for document in chosen:
                read_marks(document, at=request.received_at)
            return redirect(_next(request, envelope, chosen))
    search = request.GET.get("q", "")
    enclosed = queries.documents_of(envelope) if envelope else []
    context = {
        "envelope": envelope,
        "enclosed": enclosed,
        "deal": None if envelope else _deal(request),
        "ready": _ready(request) if envelope is None else None,
        "found": _offered(request, search).exclude(pk__in=[it.pk for it in enclosed])[:RECENT],
        "search": search,
        "problems": problems,
        "steps": wizard.steps(envelope, current="document"),
    }
    part = "#found" if request.htmx else ""
    status = 422 if problems else 200
    return render(request, f"desk/envelopes/document.html{part}", context, status=status)


def _next(request: Request, envelope: Envelope | None, chosen: Sequence[Document]) -> str:
    """Begin with the documents, or add them to the draft, and say where it goes on."""
    by, at = request.actor, request.received_at
    if envelope is not None:
        documents = [*queries.documents_of(envelope), *chosen]
        choose_documents(envelope, documents=documents, by=by, at=at)
        return reverse("envelope-document", args=[envelope.pk])
    deal = _deal(request)
    begun = create_draft(
        deal.title if deal else chosen[0].title,
        responsible=request.user,
        documents=chosen,
        deal=deal,
        by=by,
        at=at,
    )
    address = wizard.next_step(begun, at=at)
    client = request.GET.get("client", "")
    return f"{address}?client={client}" if client.isdecimal() else address


def _ready(request: Request) -> Document | None:
    """Return the document that the address names: one press goes on with it."""
    rows = Document.objects.visible_to(request.user)
    return rows.filter(pk=key_of_row(request.GET.get("document", ""))).first()


def _offered(request: Request, search: str) -> QuerySet[Document]:
    """Return what was never sent yet; a search finds all else too, and says where it stands."""
    rows = Document.objects.visible_to(request.user).prefetch_related("envelopes")
    if search.strip():
        return rows.matching(search)
    return rows.exclude(envelopes__in=Envelope.objects.exclude(status=Status.DRAFT))


def _chosen(request: Request) -> list[Document]:
    """Return what was uploaded or chosen; raises ``Refused`` with what is wrong."""
    if uploads := request.FILES.getlist("files"):
        return [_added(request, together) for together in _together(uploads)]
    if (pk := whole_number(request.POST.get("document", ""))) is None:
        raise Refused(_("Choose a document, or upload one."))
    return [get_object_or_404(Document.objects.visible_to(request.user), pk=pk)]


def _together(files: Sequence[UploadedFile[bytes]]) -> Iterator[list[Upload]]:
    """Pictures in a row are the pages of one document; anything else is one by itself."""
    pictures: list[Upload] = []
    for file in files:
        upload = Upload(name=file.name or "", content=file.read())
        if kind_of(upload.content) in PICTURES:
            pictures.append(upload)
            continue
        if pictures:
            yield pictures
            pictures = []
        yield [upload]
    if pictures:
        yield pictures


def _added(request: Request, uploads: Sequence[Upload]) -> Document:
    return add_document(
        uploads,
        title=title_from(uploads[0].name) or _("Document"),
        responsible=request.user,
        by=request.actor,
        at=request.received_at,
    )


def _deal(request: Request) -> Deal | None:
    """Return the deal that the address names: the new document belongs to it."""
    rows = Deal.objects.visible_to(request.user).select_related("company", "contact__company")
    return rows.filter(pk=key_of_row(request.GET.get("deal", ""))).first()
