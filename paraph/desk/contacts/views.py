"""The directory: create (also in a dialog), edit, complete, delete."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from paraph.contacts import queries
from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.deleting import delete_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.duplicates import traits
from paraph.contacts.joining import GOOD_FOR
from paraph.contacts.models import Company, Contact
from paraph.kit.numbers import whole_number
from paraph.kit.seeing import ChangedMeanwhile
from paraph.people.access import Can, Right, Section, allow
from paraph.people.http import Request

from .facts import differences
from .forms import CompletionForm, ContactForm

SUGGESTIONS = 8


@allow(Section.CONTACTS, Right.CREATE, or_in=Section.CRM)
def create(request: Request) -> HttpResponse:
    """Create a contact on a page of its own, or in a dialog over the page one is on."""
    if instead := request.POST.get("instead", ""):
        return _taken(request, instead)
    # Over another page the fields' ids must not be those of that page.
    ids = "new_contact_%s" if request.htmx else "id_%s"
    form = ContactForm(
        request.POST or None,
        person=request.user,
        adds_companies=Can(request)["create_crm"],
        auto_id=ids,
    )
    same: Sequence[queries.Likely] = ()
    if form.is_valid():
        same = () if "anyway" in request.POST else _same(request, form)
        if not same:
            contact = create_contact(
                _card(request, form),
                responsible=request.user,
                by=request.actor,
                at=request.received_at,
            )
            if not request.htmx:
                messages.success(request, _("%s is in the directory now.") % contact.name)
            return _chosen(request, contact)
    page = "desk/contacts/create.html" + ("#dialog" if request.htmx else "")
    status = 422 if form.errors or same else 200
    return render(request, page, {"form": form, "same": same}, status=status)


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit a contact; what somebody else changed meanwhile is shown before it is replaced."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.EDIT), pk=pk)
    form = ContactForm(request.POST or None, person=request.user, contact=contact)
    meanwhile: Sequence[tuple[str, str]] = ()
    seen = request.POST.get("seen", contact.edited_at.isoformat())
    if form.is_valid():
        try:
            _save(request, contact, form)
        except ChangedMeanwhile:
            contact = Contact.objects.get(pk=pk)
            meanwhile, seen = differences(contact, form), contact.edited_at.isoformat()
            if not meanwhile:  # both have typed the same
                return redirect("contact-detail", pk)
        else:
            messages.success(request, _("%s is saved.") % contact.name)
            return redirect("contact-detail", pk)
    context = {"form": form, "contact": contact, "meanwhile": meanwhile, "seen": seen}
    status = 409 if meanwhile else 422 if form.errors else 200
    return render(request, "desk/contacts/edit.html", context, status=status)


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def complete(request: Request, pk: int) -> HttpResponse:
    """Ask for what an incomplete contact lacks, in a dialog over the document's preparation."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.EDIT), pk=pk)
    form = CompletionForm(request.POST or None, contact=contact)
    if form.is_valid():
        edit_contact(contact, form.card(), by=request.actor, at=request.received_at)
        return _chosen(request, contact)
    page = "desk/contacts/complete.html" + ("#dialog" if request.htmx else "")
    context = {"form": form, "contact": contact}
    return render(request, page, context, status=422 if form.errors else 200)


@allow(Section.CONTACTS, Right.DELETE, or_in=Section.CRM)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask whether they shall go, then take a contact out of the directory."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.DELETE), pk=pk)
    if request.method != "POST":
        return _asked(request, contact)
    name = contact.name
    delete_contact(contact, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is no longer in the directory.") % name)
    return redirect("contact-list")


@allow(Section.CONTACTS, Right.VIEW, or_in=Section.CRM)
def companies(request: Request) -> HttpResponse:
    """Show the client companies that fit what was typed."""
    text = request.GET.get("company_text", "").strip()
    rows = Company.objects.visible_to(request.user).clients()
    fitting = rows.matching(text) if text else rows.none()
    found = fitting.order_by("sort_key", "id")[:SUGGESTIONS]
    options = [{"id": it.pk, "name": it.name, "more": it.city} for it in found]
    context = {"options": options, "text": text}
    return render(request, "desk/deals/options.html", context)


def _asked(request: Request, contact: Contact) -> HttpResponse:
    text = _("They leave the directory for everybody. This cannot be undone.")
    if queries.merges_of(contact, since=request.received_at - GOOD_FOR):
        text = _(
            "They leave the directory for everybody. The contacts that were merged into them go "
            "with them and cannot be taken apart any more. This cannot be undone."
        )
    context = {
        "title": _("Delete %s?") % contact.name,
        "text": text,
        "label": _("Delete"),
        "back": reverse("contact-detail", args=[contact.pk]),
    }
    return render(request, "desk/confirm.html", context)


def _save(request: Request, contact: Contact, form: ContactForm) -> None:
    """Keep what was typed, unless it was typed over what somebody else has changed since."""
    seen_at = _moment(request.POST.get("seen", ""))
    edit_contact(contact, form.card(), by=request.actor, at=request.received_at, seen_at=seen_at)


def _moment(text: str) -> datetime | None:
    """Return the moment a page named; nothing where no such moment exists."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _card(request: Request, form: ContactForm) -> ContactCard:
    """Return what was typed; a new company is added first."""
    card = form.card()
    if not (name := form.cleaned_data.get("new_company")):
        return card
    company = create_company(
        Requisites(name=name),
        is_ours=False,
        responsible=request.user,
        by=request.actor,
        at=request.received_at,
    )
    return replace(card, company=company)


def _same(request: Request, form: ContactForm) -> Sequence[queries.Likely]:
    card = form.card()
    like = traits(
        card.first_name,
        card.last_name,
        phones=[card.phone],
        emails=[card.email],
        company=card.company.pk if card.company else None,
    )
    return queries.likely_the_same(request.user, like)


def _taken(request: Request, pk: str) -> HttpResponse:
    """Take a contact that is there already instead of creating the same again."""
    rows = Contact.objects.visible_to(request.user)
    return _chosen(request, get_object_or_404(rows, pk=whole_number(pk)))


def _chosen(request: Request, contact: Contact) -> HttpResponse:
    """Go to the contact's page; a dialog instead closes and tells the page who it is."""
    if not request.htmx:
        return redirect("contact-detail", contact.pk)
    news = {"contact-created": {"id": contact.pk, "name": contact.name}, "dialog-close": True}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
