"""Erasing a person's data on request: what will go and what stays, the order, the report."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.contacts.models import Contact
from paraph.kit.paging import Keyset
from paraph.people.access import Right, Section, allow, scope
from paraph.people.http import Request
from paraph.vault import people
from paraph.vault.actions.erasing import order_erasure, order_of, told
from paraph.vault.models import Erasure, SignedFile

from .sheets import turned

SHOWN = 20
NEWEST_FIRST = Keyset(("asked_at", "id"), descending=True)


class ErasureForm(forms.Form):
    """Who asked for it, for the report."""

    reason = forms.CharField(
        label=gettext_lazy("Who asked for it, and how"),
        max_length=300,
        help_text=gettext_lazy("For example: letter of 3 March, identity checked by telephone."),
    )


@allow(Section.VAULT, Right.DELETE)
def preview(request: Request, pk: int) -> HttpResponse:
    """Show what will be erased and what stays and why; on POST order it."""
    contact = get_object_or_404(_contacts(request), pk=pk)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        at = request.received_at
        erasure = order_erasure(contact, reason=reason, by=request.user, at=at)
        messages.success(request, _("It is being erased. The report is here when it is done."))
        return redirect("erasure-report", erasure.pk)
    context = {
        "form": form,
        "contact": contact,
        "obstacles": people.obstacles_to_erasing(contact, reader=request.user),
        "letters": people.letters_of(contact).count(),
        "facts": people.facts_of(contact).count(),
        "earlier": Erasure.objects.filter(contact_number=pk)[:SHOWN],
        **_documents(request, contact),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/vault/erase.html", context, status=status)


@allow(Section.VAULT, Right.DELETE)
def erasures(request: Request) -> HttpResponse:
    """Show every erasure that somebody ordered."""
    rows = Erasure.objects.select_related("asked_by").filter(
        contact_number__in=_contacts(request).values("pk")
    )
    page = NEWEST_FIRST.page(rows, cursor=request.GET.get("cursor"))
    return render(request, "desk/vault/erasures.html", {**turned(page), "here": "erasures"})


@allow(Section.VAULT, Right.DELETE)
def report(request: Request, pk: int) -> HttpResponse:
    """Show what an erasure took and what it left."""
    return render(request, "desk/vault/erasure.html", _told(_erasure(request, pk)))


@allow(Section.VAULT, Right.DELETE)
def download(request: Request, pk: int) -> HttpResponse:
    """Send the report as a text that can be answered with; it names nobody."""
    erasure = _erasure(request, pk)
    text = render_to_string("desk/vault/erasure.txt", _told(erasure))
    headers = {"Content-Disposition": f'attachment; filename="erasure-{erasure.pk}.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _documents(request: Request, contact: Contact) -> dict[str, object]:
    """Return what goes and what stays, by name as far as the person sees it, else by number."""
    unsigned = people.unsigned_of(contact)
    named = people.seen_by(request.user, unsigned).order_by("pk")[:SHOWN]
    files = SignedFile.objects.visible_to(request.user)
    seen = set(files.filter(envelope__parties__contact=contact).values_list("pk", flat=True))
    kept = list(people.kept_of(contact))
    shown = [it for it in kept if it.file.pk in seen][:SHOWN]
    return {
        "unsigned": named,
        "unsigned_more": unsigned.count() - len(named),
        "kept": shown,
        "kept_more": len(kept) - len(shown),
    }


def _told(erasure: Erasure) -> dict[str, object]:
    order = None if erasure.done_at else order_of(erasure)
    return {
        "erasure": erasure,
        "erased": told(erasure),
        "kept": erasure.kept,
        "is_refused": order is not None and not order.is_open,
        "refusals": order.refusals.all()[:SHOWN] if order else [],
    }


def _contacts(request: Request) -> QuerySet[Contact]:
    return scope(Contact.objects.all(), request.user, Section.VAULT, Right.DELETE)


def _erasure(request: Request, pk: int) -> Erasure:
    rows = Erasure.objects.select_related("asked_by")
    return get_object_or_404(
        rows.filter(contact_number__in=_contacts(request).values("pk")), pk=pk
    )
