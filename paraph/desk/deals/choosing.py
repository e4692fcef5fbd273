"""Completes the client and the people of a deal while somebody types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from paraph.contacts.models import Company, Contact
from paraph.kit.numbers import whole_number
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

SUGGESTIONS = 8


@allow(Section.CRM, Right.VIEW)
def companies(request: Request) -> HttpResponse:
    """Show the client companies that fit what was typed."""
    text = request.GET.get("client_text", "").strip()
    rows = Company.objects.visible_to(request.user).clients()
    fitting = rows.matching(text) if text else rows.none()
    found = fitting.order_by("sort_key", "id")[:SUGGESTIONS]
    options = [_option(it, f"{it.tax_number} {it.city}".strip()) for it in found]
    return _answer(request, options, text)


@allow(Section.CRM, Right.VIEW)
def people(request: Request) -> HttpResponse:
    """Show the contacts that fit, those of the chosen company first; nobody else unasked."""
    text = request.GET.get("contact_text", "").strip()
    rows = Contact.objects.visible_to(request.user).select_related("company")
    client = whole_number(request.GET.get("client", ""))
    fitting = (rows.matching(text) if text else rows).order_by("sort_key", "id")
    found = list(fitting.filter(company=client)[:SUGGESTIONS]) if client is not None else []
    if text and len(found) < SUGGESTIONS:
        others = fitting.exclude(pk__in=[each.pk for each in found])
        found += others[: SUGGESTIONS - len(found)]
    options = [_option(it, it.company.name if it.company else it.email) for it in found]
    return _answer(request, options, text)


def _option(row: Company | Contact, more: str) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "more": more}


def _answer(request: Request, options: list[dict[str, Any]], text: str) -> HttpResponse:
    context = {"options": options, "text": text}
    return render(request, "desk/deals/options.html", context)
