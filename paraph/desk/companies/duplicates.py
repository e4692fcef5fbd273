"""Companies that are likely the same: looked through, merged, or told apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.actions.telling_apart import tell_companies_apart
from paraph.contacts.company_duplicates import Reason
from paraph.contacts.company_scanning import COMPANIES
from paraph.contacts.models import Company
from paraph.desk.merging.groups import found_by, look_through
from paraph.desk.merging.previewing import numbers_asked
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request


@allow(Section.CRM, Right.EDIT)
def duplicates(request: Request) -> HttpResponse:
    """Show what the person's newest scan has found, or how far it is."""
    rows = Company.objects.visible_to(request.user, Right.EDIT).clients()
    rows = rows.select_related("responsible")
    context = found_by(request, COMPANIES, rows=rows, labels=dict(Reason.choices))
    part = "#found" if request.htmx else ""
    return render(request, f"desk/companies/duplicates.html{part}", context)


@require_POST
@allow(Section.CRM, Right.EDIT)
def scan(request: Request) -> HttpResponse:
    """Look for duplicates in every company that the person sees."""
    look_through(request, COMPANIES)
    return redirect("company-duplicates")


@require_POST
@allow(Section.CRM, Right.EDIT)
def apart(request: Request) -> HttpResponse:
    """Remember that the companies of a group are different ones."""
    rows = Company.objects.visible_to(request.user, Right.EDIT).clients()
    found = list(rows.filter(pk__in=numbers_asked(request)))
    tell_companies_apart(found, by=request.actor, at=request.received_at)
    messages.success(request, _("They will not be shown together again."))
    return redirect("company-duplicates")
