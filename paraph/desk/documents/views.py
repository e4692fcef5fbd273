"""The documents of the house: list, upload, rename, delete, and begin to sign."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.envelopes import wizard
from paraph.documents import queries
from paraph.documents.actions.adding import add_document
from paraph.documents.actions.keeping import delete_document, rename_document
from paraph.documents.models import Document
from paraph.documents.refusals import CannotUse
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.actions.drafting import create_draft
from paraph.signing.marks import read_marks

from .forms import TitleForm, UploadForm


@allow(Section.DOCUMENTS, Right.VIEW)
def document_list(request: Request) -> HttpResponse:
    """Show the documents, newest first; while somebody types, only the rows."""
    search = request.GET.get("q", "")
    page = queries.document_page(request.user, search=search, cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "search": search,
        "form": UploadForm(),
        "next": page.next and "?" + urlencode({"q": search, "cursor": page.next}),
        "previous": page.previous and "?" + urlencode({"q": search, "cursor": page.previous}),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/documents/list.html{part}", context)


@allow(Section.DOCUMENTS, Right.CREATE)
def upload(request: Request) -> HttpResponse:
    """Make a document of what is uploaded; what cannot be used is refused beside the field."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid() and (document := _added(request, form)):
        messages.success(request, _("“%s” is ready to be signed.") % document.title)
        return redirect("document-detail", document.pk)
    status = 422 if form.errors else 200
    return render(request, "desk/documents/upload.html", {"form": form}, status=status)


@allow(Section.DOCUMENTS, Right.EDIT)
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a document another title."""
    document = _document(request, pk, Right.EDIT)
    form = TitleForm(request.POST or None, initial={"title": document.title})
    if form.is_valid():
        title = form.cleaned_data["title"]
        rename_document(document, title=title, by=request.actor, at=request.received_at)
        return redirect("document-detail", pk)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "desk/documents/rename.html", context, status=status)


@allow(Section.DOCUMENTS, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask first; then delete a document that is part of no envelope."""
    document = _document(request, pk, Right.DELETE)
    if request.method == "POST":
        title = document.title
        delete_document(document, by=request.actor, at=request.received_at)
        messages.success(request, _("“%s” is deleted.") % title)
        return redirect("document-list")
    context = {
        "title": _("Delete “%s”?") % document.title,
        "text": _("The file and its pages are gone for everybody. This cannot be undone."),
        "label": _("Delete"),
        "back": reverse("document-detail", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def sign(request: Request, pk: int) -> HttpResponse:
    """Begin an envelope with this document, and go on where something is missing still."""
    document = _document(request, pk, Right.VIEW)
    read_marks(document, at=request.received_at)
    envelope = create_draft(
        document.title,
        responsible=request.user,
        documents=[document],
        by=request.actor,
        at=request.received_at,
    )
    return redirect(wizard.next_step(envelope, at=request.received_at))


def _document(request: Request, pk: int, right: Right) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user, right), pk=pk)


def _added(request: Request, form: UploadForm) -> Document | None:
    """Return the new document, or nothing after telling the form what is wrong."""
    try:
        return add_document(
            form.uploads(),
            title=form.title(),
            responsible=request.user,
            by=request.actor,
            at=request.received_at,
        )
    except CannotUse as refused:
        form.add_error("documents", refused.reasons)
        return None
