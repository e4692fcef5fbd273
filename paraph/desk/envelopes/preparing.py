"""Steps 1, 2 and 4 of the preparation: document, parties, and the last look before sending."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.models import Contact
from paraph.contacts.queries import suggestions
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.documents.models import Document
from paraph.kit.errors import Refused
from paraph.kit.numbers import key_of_row, whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.models import Deal
from paraph.signing import queries
from paraph.signing.actions.drafting import (
    choose_documents,
    choose_parties,
    create_draft,
    describe,
)
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Description
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope

from . import wizard
from .forms import (
    DescriptionForm,
    PartiesForm,
    TitleForm,
    initial_description,
    initial_parties,
)

RECENT = 8


@allow(Section.DOCUMENTS, Right.SEND)
def new(request: Request) -> HttpResponse:
    """Step 1: choose a recent document or upload one; the draft begins with it."""
    return _document_step(request, None)


@allow(Section.DOCUMENTS, Right.SEND)
def document(request: Request, pk: int) -> HttpResponse:
    """Step 1 again: exchange the document of a draft."""
    return _document_step(request, wizard.draft_of(request, pk))


@allow(Section.DOCUMENTS, Right.SEND)
def parties(request: Request, pk: int) -> HttpResponse:
    """Step 2: who sends, who signs for us, and who is the client; kept with every choice."""
    envelope = wizard.draft_of(request, pk)
    chosen = queries.parties_of(envelope)
    form = PartiesForm(
        request.POST or None,
        person=request.user,
        company=envelope.company,
        initial=initial_parties(envelope, chosen, client=request.GET.get("client", "")),
        is_final=not request.htmx,
    )
    if form.is_valid():
        choose_parties(
            envelope,
            company=form.cleaned_data["company"],
            parties=form.choices(),
            by=request.actor,
            at=request.received_at,
        )
        return HttpResponse(status=204) if request.htmx else redirect("envelope-fields", pk)
    context = {
        "envelope": envelope,
        "form": form,
        "titled": TitleForm(initial={"title": envelope.title}),
        "client": _chosen_client(request, form),
        "steps": wizard.steps(envelope, current="parties"),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/envelopes/parties.html", context, status=status)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def title(request: Request, pk: int) -> HttpResponse:
    """Call a draft what its parties shall read; the rest of its words stays."""
    envelope = wizard.draft_of(request, pk)
    form = TitleForm(request.POST)
    if form.is_valid():
        description = Description(
            form.cleaned_data["title"],
            message=envelope.message,
            deadline_at=envelope.deadline_at,
            amount=envelope.amount,
            currency=envelope.currency,
        )
        describe(envelope, description=description, by=request.actor, at=request.received_at)
    elif not request.htmx:
        messages.error(request, str(form.errors["title"][0]))
    if not request.htmx:
        return redirect("envelope-parties", pk)
    context = {"envelope": envelope, "titled": form}
    status = 422 if form.errors else 200
    return render(request, "desk/envelopes/parties.html#titled", context, status=status)


@allow(Section.DOCUMENTS, Right.SEND)
def clients(request: Request) -> HttpResponse:
    """Complete what somebody types into the client field, or show the one just chosen."""
    if chosen := request.GET.get("chosen"):
        rows = Contact.objects.visible_to(request.user).select_related("company")
        client = get_object_or_404(rows, pk=chosen)
        return render(request, "desk/envelopes/parties.html#client", {"client": client})
    text = request.GET.get("client_search", "")
    found = suggestions(request.user, search=text) if text.strip() else []
    context = {"found": found, "text": text}
    return render(request, "desk/envelopes/parties.html#found", context)


@allow(Section.DOCUMENTS, Right.SEND)
def review(request: Request, pk: int) -> HttpResponse:
    """Step 4: a last look at everything; the words are kept as one types, then it is sent."""
    envelope = wizard.draft_of(request, pk)
    form = DescriptionForm(request.POST or None, initial=initial_description(envelope))
    if form.is_valid():
        description = form.description(envelope)
        describe(envelope, description=description, by=request.actor, at=request.received_at)
        return _described(request, envelope)
    context = {
        "envelope": envelope,
        "form": form,
        "parties": queries.parties_of(envelope),
        "documents": queries.documents_of(envelope),
        "obstacles": queries.obstacles_to_sending(envelope, at=request.received_at),
        "steps": wizard.steps(envelope, current="review"),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/envelopes/review.html", context, status=status)


def _described(request: Request, envelope: Envelope) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204)
    if "send" not in request.POST:
        return redirect("envelope-review", envelope.pk)
    send_envelope(envelope, by=request.actor, at=request.received_at)
    messages.success(request, _("Sent. You will see here how it goes."))
    return redirect("envelope-detail", envelope.pk)


def _document_step(request: Request, envelope: Envelope | None) -> HttpResponse:
    problems: list[str] = []
    if request.method == "POST":
        try:
            chosen = _chosen_document(request)
        except Refused as refused:
            problems = refused.reasons
        else:
            return _to_parties(request, _begun(request, envelope, chosen))
    search = request.GET.get("q", "")
    context = {
        "envelope": envelope,
        "deal": None if envelope else _deal(request),
        "found": _offered(request, search)[:RECENT],
        "search": search,
        "problems": problems,
        "steps": wizard.steps(envelope, current="document"),
    }
    part = "#found" if request.htmx else ""
    status = 422 if problems else 200
    return render(request, f"desk/envelopes/document.html{part}", context, status=status)


def _to_parties(request: Request, envelope: Envelope) -> HttpResponse:
    """Go on to step 2; a client whose page this began on is chosen there already."""
    address = reverse("envelope-parties", args=[envelope.pk])
    client = request.GET.get("client", "")
    return redirect(f"{address}?client={client}" if client.isdecimal() else address)


def _offered(request: Request, search: str) -> QuerySet[Document]:
    """Return what was never sent yet; a search finds all else too, and says where it stands."""
    rows = Document.objects.visible_to(request.user).prefetch_related("envelopes")
    if search.strip():
        return rows.matching(search)
    return rows.exclude(envelopes__in=Envelope.objects.exclude(status=Status.DRAFT))


def _chosen_document(request: Request) -> Document:
    """Return the uploaded or the chosen document; raises ``Refused`` with what is wrong."""
    if uploads := request.FILES.getlist("files"):
        return add_document(
            [_upload(file) for file in uploads],
            title=(uploads[0].name or "").rpartition(".")[0][:200],
            responsible=request.user,
            by=request.actor,
            at=request.received_at,
        )
    if (pk := whole_number(request.POST.get("document", ""))) is None:
        raise Refused(_("Choose a document, or upload one."))
    return get_object_or_404(Document.objects.visible_to(request.user), pk=pk)


def _begun(request: Request, envelope: Envelope | None, chosen: Document) -> Envelope:
    documents: Sequence[Document] = [chosen]
    if envelope is None:
        deal = _deal(request)
        return create_draft(
            deal.title if deal else chosen.title,
            responsible=request.user,
            documents=documents,
            deal=deal,
            by=request.actor,
            at=request.received_at,
        )
    choose_documents(envelope, documents=documents, by=request.actor, at=request.received_at)
    return envelope


def _deal(request: Request) -> Deal | None:
    """Return the deal that the address names: the new document belongs to it."""
    rows = Deal.objects.visible_to(request.user).select_related("company", "contact__company")
    return rows.filter(pk=key_of_row(request.GET.get("deal", ""))).first()


def _chosen_client(request: Request, form: PartiesForm) -> Contact | None:
    pk = key_of_row(str(form["client"].value() or ""))
    rows = Contact.objects.visible_to(request.user).select_related("company")
    return rows.filter(pk=pk).first()


def _upload(file: UploadedFile[bytes]) -> Upload:
    return Upload(name=file.name or "", content=file.read())
