"""Contacts that are one person: chosen, previewed, merged, and taken apart again."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts import merging, queries
from paraph.contacts.actions.merging import merge_contacts, undo_merge
from paraph.contacts.duplicates import traits_of
from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact, CustomField, Merge
from paraph.desk.lists.asking import selection_of
from paraph.desk.merging.previewing import numbers_asked, row_of, stays_of, wanted
from paraph.desk.timelines.contacts import LABELS, readable
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

MOST = 12
FOUND = 8


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def merge(request: Request) -> HttpResponse:
    """Show what becomes of the chosen contacts, field by field, and merge them.

    The list posts its selection here; the preview's button is what merges.
    """
    contacts = _contacts(request)
    if len(contacts) < 2:
        return _with_whom(request, contacts)
    may_go = Contact.objects.visible_to(request.user, Right.DELETE)
    survivor = stays_of(contacts, may_go=may_go)
    others = [contact for contact in contacts if contact != survivor]
    if "merge" in request.POST and survivor:
        return _merged(request, survivor, others)
    choices = merging.choices(contacts, survivor=survivor, wanted=wanted(request))
    context = {
        "contacts": contacts,
        "rows": [
            row_of(it, contacts, label=_label(it.field), readable=readable)
            for it in choices
            if it.is_open
        ],
        "comments": [contact for contact in contacts if contact.comment],
        "survivor": survivor,
        "ids": ",".join(str(contact.pk) for contact in contacts),
    }
    return render(request, "desk/contacts/merge.html", context)


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take merged contacts apart again."""
    mine = Contact.objects.visible_to(request.user, Right.EDIT)
    merge = get_object_or_404(Merge.objects.filter(survivor__in=mine), pk=pk)
    survivor = merge.survivor_id
    undo_merge(merge, by=request.actor, at=request.received_at)
    messages.success(request, _("The contacts are apart again."))
    return redirect("contact-detail", survivor)


def _merged(request: Request, survivor: Contact, others: Sequence[Contact]) -> HttpResponse:
    merge_contacts(
        survivor, others, wanted=wanted(request), by=request.actor, at=request.received_at
    )
    messages.success(request, _("They are one contact now. You can undo this for 30 days."))
    return redirect("contact-detail", survivor.pk)


def _with_whom(request: Request, contacts: Sequence[Contact]) -> HttpResponse:
    """Let somebody look for the other one; those who are likely the same are offered."""
    one = contacts[0] if contacts else None
    search = request.GET.get("q", "").strip()
    if search:
        rows = Contact.objects.visible_to(request.user, Right.EDIT).matching(search)
        rows = rows.exclude(pk=one.pk if one else 0).select_related("company")
        found = [queries.Likely(row, []) for row in rows.order_by("sort_key", "id")[:FOUND]]
    else:
        like = queries.likely_the_same(request.user, traits_of(one), but=one.pk) if one else []
        found = list(like)
    context = {"one": one, "found": found, "search": search}
    part = "#found" if request.htmx else ""
    return render(request, f"desk/contacts/merge_with.html{part}", context)


def _contacts(request: Request) -> list[Contact]:
    """Return the chosen ones: ``ids=1,2``, ``ids=1&ids=2``, or everything in a narrowed list."""
    rows = Contact.objects.visible_to(request.user, Right.EDIT)
    if "everything" in request.POST:
        listing = contact_listing()
        rows = listing.selected(rows, selection_of(request, listing))
    else:
        rows = rows.filter(pk__in=numbers_asked(request))
    rows = rows.annotate(documents=Count("parties", distinct=True))
    found = list(
        rows.select_related("company", "responsible").order_by("created_at", "pk")[: MOST + 1]
    )
    if len(found) > MOST:
        messages.warning(request, _("At most %d contacts become one at a time.") % MOST)
    return found[:MOST]


def _label(field: str) -> str:
    if field in LABELS:
        return str(LABELS[field])
    return CustomField.objects.get(pk=field[1:]).label
