"""The directory: list, create (also in a dialog), look at, edit, delete."""

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts import queries
from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.deleting import delete_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.models import Contact, ContactType
from paraph.desk.timelines import timeline_of
from paraph.people.access import Can, Right, Section, allow
from paraph.people.http import Request
from paraph.signing.queries import envelopes_for

from .forms import ContactForm, initial_of

RECENT = 10


@allow(Section.CONTACTS, Right.VIEW)
def contact_list(request: Request) -> HttpResponse:
    """Show the directory; while somebody types, only its rows."""
    search, type_ = request.GET.get("q", ""), request.GET.get("type", "")
    cursor = request.GET.get("cursor")
    page = queries.contact_page(request.user, search=search, type=type_, cursor=cursor)
    kept = {"q": search, "type": type_}
    context = {
        "page": page,
        "search": search,
        "type": type_,
        "types": ContactType.choices,
        "next": page.next and "?" + urlencode(kept | {"cursor": page.next}),
        "previous": page.previous and "?" + urlencode(kept | {"cursor": page.previous}),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/contacts/list.html{part}", context)


@allow(Section.CONTACTS, Right.CREATE)
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
    same: Sequence[Contact] = ()
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


@allow(Section.CONTACTS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show a contact and everything that happened around them."""
    rows = Contact.objects.visible_to(request.user).select_related("company", "responsible")
    contact = get_object_or_404(rows, pk=pk)
    context = {
        "contact": contact,
        "envelopes": envelopes_for(request.user).filter(parties__contact=contact)[:RECENT],
        "timeline": timeline_of("contact", contact.pk),
    }
    return render(request, "desk/contacts/detail.html", context)


@allow(Section.CONTACTS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit a contact."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.EDIT), pk=pk)
    form = ContactForm(request.POST or None, person=request.user, initial=initial_of(contact))
    if form.is_valid():
        edit_contact(contact, form.card(), by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % contact.name)
        return redirect("contact-detail", pk)
    context = {"form": form, "contact": contact}
    return render(request, "desk/contacts/edit.html", context, status=422 if form.errors else 200)


@require_POST
@allow(Section.CONTACTS, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Take a contact out of the directory."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.DELETE), pk=pk)
    name = contact.name
    delete_contact(contact, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is no longer in the directory.") % name)
    return redirect("contact-list")


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


def _same(request: Request, form: ContactForm) -> Sequence[Contact]:
    card = form.card()
    return queries.likely_the_same(
        request.user,
        name=(card.first_name, card.last_name),
        phone=card.phone,
        email=card.email,
    )


def _taken(request: Request, pk: str) -> HttpResponse:
    """Take a contact that is there already instead of creating the same again."""
    rows = Contact.objects.visible_to(request.user)
    return _chosen(request, get_object_or_404(rows, pk=pk if pk.isdigit() else None))


def _chosen(request: Request, contact: Contact) -> HttpResponse:
    """Go to the contact's page; a dialog instead closes and tells the page who it is."""
    if not request.htmx:
        return redirect("contact-detail", contact.pk)
    news = {"contact-created": {"id": contact.pk, "name": contact.name}, "dialog-close": True}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
