"""From a deal to a document: which template, which values, how it looks, made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from paraph.desk.deals.views import deal_of, frame_of
from paraph.documents.actions import generating
from paraph.documents.choices import Order
from paraph.documents.converting import availability
from paraph.documents.filling import Gap, gaps
from paraph.documents.gathering import known_names, language_for
from paraph.documents.making import tokens_of
from paraph.documents.models import Document, Template
from paraph.documents.pages import content_type
from paraph.documents.previewing import keep_preview, preview_page
from paraph.kit import files
from paraph.kit.errors import Refused
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import ValuesForm, as_typed
from .languages import LanguageForm, language_of

_SALT, _GOOD_FOR = "paraph.preview", 3600
_PAGES_SHOWN = 10


@dataclass(frozen=True)
class Preview:
    """The pages of a document that is not made yet; or why there are none."""

    pages: Sequence[tuple[int, int, int]] = ()  # number, width, height
    token: str = ""
    problems: Sequence[str] = ()
    more: int = 0


@allow(Section.DOCUMENTS, Right.CREATE)
def choose(request: Request, pk: int) -> HttpResponse:
    """Offer the templates that a document of the deal can be made from."""
    deal = deal_of(request, pk)
    rows = Template.objects.visible_to(request.user).offered().order_by("document_class", "name")
    context = frame_of(request, deal) | {
        "tab": "documents",
        "templates": rows.select_related("series"),
        "office": availability(),
    }
    return render(request, "desk/generating/choose.html", context)


@allow(Section.DOCUMENTS, Right.CREATE)
def fill(request: Request, pk: int, template: int) -> HttpResponse:
    """Show what the document would say; show its pages, or make it."""
    deal = deal_of(request, pk)
    chosen = get_object_or_404(Template.objects.visible_to(request.user).offered(), pk=template)
    order = Order(chosen, deal, language_of(request, chosen, language_for(deal)))
    form = _form(request, order, number="")
    if request.method == "POST" and form.is_valid():
        order = _with(order, form)
        if _may_go_on(request, form):
            return _made(request, order)
    return _page(request, order, form, context={})


@allow(Section.DOCUMENTS, Right.EDIT)
def again(request: Request, pk: int) -> HttpResponse:
    """Show a generated document's values to be changed; make it again under its number."""
    rows = Document.objects.visible_to(request.user, Right.EDIT)
    rows = rows.select_related("generated", "template", "deal")
    document = get_object_or_404(rows, pk=pk, generated__isnull=False, deal__isnull=False)
    template, deal = document.template, document.deal
    if template is None or deal is None:
        raise Http404
    deal = deal_of(request, deal.pk)
    language = language_of(request, template, document.generated.language)
    order = Order(template, deal, language, document.generated.typed)
    form = _form(request, order, number=document.number)
    if request.method == "POST" and form.is_valid():
        order = _with(order, form)
        if _may_go_on(request, form):
            at = request.received_at
            generating.regenerate_document(document, order, by=request.actor, at=at)
            messages.success(request, _("“%s” is made again.") % document.title)
            return redirect("document-detail", pk)
    return _page(request, order, form, context={"document": document})


@allow(Section.DOCUMENTS, Right.VIEW)
def docx(request: Request, pk: int) -> FileResponse:
    """Send the Word file that a document was made as."""
    rows = Document.objects.visible_to(request.user).exclude(generated__docx="")
    document = get_object_or_404(rows.select_related("generated"), pk=pk, generated__isnull=False)
    file = files.open_file(document.generated.docx)
    return FileResponse(file, as_attachment=True, filename=f"{document.title}.docx")


@allow(Section.DOCUMENTS, Right.CREATE)
def picture(request: Request, token: str, page: int) -> HttpResponse:
    """Show a page of a preview to whoever asked for it, for an hour."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        raise Http404 from None
    if kept["person"] != request.user.pk:
        raise Http404
    content = preview_page(kept["file"], page)
    answer = HttpResponse(content, content_type=content_type(content))
    answer["Cache-Control"] = f"private, max-age={_GOOD_FOR}"
    return answer


def _form(request: Request, order: Order, *, number: str) -> ValuesForm:
    found = _gaps(request, order, number=number)
    sent = request.POST if request.method == "POST" else None
    return ValuesForm(found, sent, initial=as_typed(found, order.typed))


def _gaps(request: Request, order: Order, *, number: str) -> list[Gap]:
    """Return the values as the deal has them now, whatever was typed over them."""
    plain = Order(order.template, order.deal, order.language)
    known = generating.known_for(plain, number=number, at=request.received_at)
    tokens = tokens_of(order.template, generating.newest_version(order))
    return gaps(tokens, known, known_names())


def _with(order: Order, form: ValuesForm) -> Order:
    return Order(order.template, order.deal, order.language, form.typed())


def _may_go_on(request: Request, form: ValuesForm) -> bool:
    """Tell whether to make it: it was asked for, and what is missing was seen."""
    return "anyway" in request.POST or ("make" in request.POST and not form.still_missing())


def _made(request: Request, order: Order) -> HttpResponse:
    document = generating.generate_document(
        order, responsible=request.user, by=request.actor, at=request.received_at
    )
    messages.success(request, _("“%s” is made. Sign it, or send it on.") % document.title)
    return redirect("document-detail", document.pk)


def _page(
    request: Request, order: Order, form: ValuesForm, *, context: dict[str, Any]
) -> HttpResponse:
    document: Document | None = context.get("document")
    is_asked = request.method == "POST" and form.is_valid()
    missing = form.still_missing() if is_asked else []
    whole = frame_of(request, order.deal) | {
        "tab": "documents",
        "template": order.template,
        "form": form,
        "language": order.language,
        "languages": LanguageForm(initial={"language": order.language}),
        "missing": missing if "make" in request.POST else [],
        "number": _number(request, order, document),
        "preview": _preview(request, order, document) if is_asked else Preview(),
        "is_asked": is_asked,
        **context,
    }
    part = "#preview" if request.htmx and "preview" in request.POST else ""
    status = 422 if (form.errors or whole["missing"]) and not part else 200
    return render(request, f"desk/generating/fill.html{part}", whole, status=status)


def _number(request: Request, order: Order, document: Document | None) -> str:
    if document is not None:
        return document.number
    number = generating.next_number(order, at=request.received_at)
    return number.text if number else ""


def _preview(request: Request, order: Order, document: Document | None) -> Preview:
    number = _number(request, order, document)
    on = document.generated.made_on if document else None
    try:
        made = generating.make_for(order, number=number, at=request.received_at, on=on)
    except Refused as refused:
        return Preview(problems=refused.reasons)
    kept = {"file": keep_preview(made.pdf), "person": request.user.pk}
    shown = made.pages[:_PAGES_SHOWN]
    sizes = [(n, round(width * 1.5), round(height * 1.5)) for n, (width, height) in _from_1(shown)]
    token = signing.dumps(kept, salt=_SALT)
    return Preview(sizes, token, more=len(made.pages) - len(shown))


def _from_1(pages: Sequence[Sequence[float]]) -> list[tuple[int, tuple[float, float]]]:
    return [(number, (page[0], page[1])) for number, page in enumerate(pages, start=1)]
