"""Somebody leaves: what they were responsible for, and who takes over."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document
from paraph.people.access import Right, Section, allow
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope
from paraph.signing.queries import waiting_for

from .forms import LeavingForm


@dataclass(frozen=True)
class Estate:
    """What hangs on somebody, counted."""

    label: str
    count: int


@allow(Section.ACCESS, Right.EDIT)
def deactivate(request: Request, pk: int) -> HttpResponse:
    """Ask who takes over; then close the account at once."""
    person = get_object_or_404(Employee, pk=pk, is_active=True)
    form = LeavingForm(request.POST if request.method == "POST" else None, leaver=person)
    if form.is_valid():
        heir = form.cleaned_data["heir"]
        deactivate_employee(person, heir=heir, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is signed out everywhere.") % person.name)
        return redirect("employee-detail", pk)
    context = {
        "person": person,
        "form": form,
        "estate": _estate(person),
        "directs": Company.objects.ours().filter(director=person),
        "waiting": waiting_for(person).count(),
    }
    return render(request, "desk/people/deactivate.html", context)


def _estate(person: Employee) -> list[Estate]:
    mine = {"responsible": person}
    return [
        Estate(_("Contacts"), Contact.objects.filter(**mine).count()),
        Estate(_("Companies"), Company.objects.filter(**mine).count()),
        Estate(_("Deals"), Deal.objects.filter(**mine).count()),
        Estate(_("Files"), Document.objects.filter(**mine).count()),
        Estate(_("Documents"), Envelope.objects.filter(**mine).count()),
    ]
