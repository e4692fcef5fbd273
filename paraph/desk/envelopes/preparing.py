"""Step 2 of the preparation: who sends, who signs for us, and who is the client."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.models import Contact
from paraph.contacts.queries import suggestions
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import details, queries
from paraph.signing.actions.drafting import (
    choose_parties,
    describe,
)
from paraph.signing.choices import Description
from paraph.signing.models import Party, PartyRole

from . import wizard
from .forms import (
    PartiesForm,
    TitleForm,
    initial_parties,
)
from .seating import order_context

RECENT = 8


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
            parties=form.choices(chosen),
            by=request.actor,
            at=request.received_at,
        )
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Trigger": "parties-changed"})
        is_ready = request.POST.get("to") == "review"
        return redirect("envelope-review" if is_ready else "envelope-fields", pk)
    context = {
        "envelope": envelope,
        "form": form,
        "titled": TitleForm(initial={"title": envelope.title}),
        "client": _chosen_client(request, form),
        "sides": _sides(chosen),
        "is_laid_out": wizard.is_laid_out(envelope),
        "steps": wizard.steps(envelope, current="parties"),
    } | order_context(envelope)
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


def _sides(parties: Sequence[Party]) -> list[dict[str, object]]:
    """Return the requisites of those who act, each company once, with what they lack."""
    acting = [it for it in parties if it.role != PartyRole.COPY]
    companies = {it.company.pk: it.company for it in acting if it.company}
    return [
        {
            "title": _("Requisites of %s") % company.name,
            "company": company,
            "lacking": details.lacking(company),
        }
        for company in companies.values()
    ]


def _chosen_client(request: Request, form: PartiesForm) -> Contact | None:
    pk = key_of_row(str(form["client"].value() or ""))
    rows = Contact.objects.visible_to(request.user).select_related("company")
    return rows.filter(pk=pk).first()
