"""The fields that templates can name, with the values of a deal; and a test print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from paraph.documents.actions import generating
from paraph.documents.catalogue import Placeholder, Words, by_group
from paraph.documents.choices import Order
from paraph.documents.gathering import Known, gathered, known_names, language_for
from paraph.documents.models import Template
from paraph.documents.modifiers import MODIFIERS, written
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.models import Deal

from .forms import DealForm

_SAMPLE_NUMBER = "0000"


@dataclass(frozen=True)
class Shown:
    """A placeholder and what it says for the chosen deal."""

    placeholder: Placeholder
    value: str


@allow(Section.TEMPLATES, Right.VIEW)
def fields(request: Request) -> HttpResponse:
    """List every field with its value; each is copied by a click."""
    form = DealForm(request.GET or None, person=request.user)
    deal = form.cleaned_data["deal"] if form.is_valid() else None
    values = _values(request, deal)
    groups: list[tuple[Words, list[Shown]]] = [
        (label, [Shown(it, values.get(it.name, "")) for it in placeholders])
        for label, placeholders in by_group(known_names())
    ]
    context = {
        "form": form,
        "deal": deal,
        "groups": groups,
        "modifiers": MODIFIERS.items(),
        "here": "template-list",
    }
    return render(request, "desk/document_templates/fields.html", context)


@allow(Section.TEMPLATES, Right.VIEW)
def test_print(request: Request, pk: int) -> HttpResponse:
    """Send a PDF of the template with the values of a deal; nothing is kept, no number given."""
    rows = Template.objects.visible_to(request.user)
    template = get_object_or_404(rows.filter(is_usable=True), pk=pk)
    form = DealForm(request.GET, person=request.user)
    deal = form.cleaned_data["deal"] if form.is_valid() else None
    if deal is None:
        messages.error(request, _("Choose a deal whose values are printed."))
        return redirect("template-detail", pk)
    order = Order(template, deal, template.language or language_for(deal))
    made = generating.make_for(order, number=_SAMPLE_NUMBER, at=request.received_at)
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="test-{pk}.pdf"'
    return answer


def _values(request: Request, deal: Deal | None) -> Mapping[str, str]:
    if deal is None:
        return {}
    on, language = generating.today(request.received_at), language_for(deal)
    known: Known = gathered(deal, on=on, language=language, number=_SAMPLE_NUMBER)
    first_rows = [rows[0] for rows in (known.rows, known.tax_rows) if rows]
    values = dict(known.values)
    for row in first_rows:
        values |= row
    return {name: written(value, language) for name, value in values.items()}
