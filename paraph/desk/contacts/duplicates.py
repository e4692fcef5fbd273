"""Duplicates found by a scan: looked through, merged, or told apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.actions.telling_apart import tell_apart
from paraph.contacts.duplicates import Reason
from paraph.contacts.models import Contact
from paraph.contacts.scanning import CONTACTS
from paraph.desk.merging.groups import found_by, look_through
from paraph.desk.merging.previewing import numbers_asked
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def duplicates(request: Request) -> HttpResponse:
    """Show what the person's newest scan has found, or how far it is."""
    rows = Contact.objects.visible_to(request.user, Right.EDIT)
    rows = rows.select_related("company", "responsible")
    context = found_by(request, CONTACTS, rows=rows, labels=dict(Reason.choices))
    part = "#found" if request.htmx else ""
    return render(request, f"desk/contacts/duplicates.html{part}", context)


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def scan(request: Request) -> HttpResponse:
    """Look for duplicates in everything the person sees."""
    look_through(request, CONTACTS)
    return redirect("contact-duplicates")


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def apart(request: Request) -> HttpResponse:
    """Remember that the contacts of a group are different people."""
    rows = Contact.objects.visible_to(request.user, Right.EDIT)
    found = list(rows.filter(pk__in=numbers_asked(request)))
    tell_apart(found, by=request.actor, at=request.received_at)
    messages.success(request, _("They will not be shown together again."))
    return redirect("contact-duplicates")
