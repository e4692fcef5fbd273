"""Legal hold: placed on a signed document, an envelope or a contact, and lifted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.kit.paging import Keyset
from paraph.people.access import Right, Section, allow, scope
from paraph.people.http import Request
from paraph.signing.models import Envelope
from paraph.vault.actions.holding import Held, lift_hold, place_hold
from paraph.vault.queries import holds_within

from .forms import HoldForm, ReasonForm
from .sheets import turned
from .views import file_of

NEWEST_FIRST = Keyset(("placed_at", "id"), descending=True)


@allow(Section.VAULT, Right.VIEW)
def holds(request: Request) -> HttpResponse:
    """Show what is on hold, and why."""
    rows = holds_within(request.user, Right.VIEW)
    rows = rows.select_related("placed_by", "document__signed_file", "envelope", "contact")
    page = NEWEST_FIRST.page(rows, cursor=request.GET.get("cursor"))
    shown = holds_within(request.user, Right.EDIT).filter(pk__in=[hold.pk for hold in page])
    liftable = set(shown.values_list("pk", flat=True))
    context = {**turned(page), "liftable": liftable, "here": "holds"}
    return render(request, "desk/vault/holds.html", context)


@allow(Section.VAULT, Right.EDIT)
def hold_file(request: Request, pk: int) -> HttpResponse:
    """Place a document, what was signed together with it, or one of its parties on hold."""
    file = file_of(request, pk, Right.EDIT)
    form = HoldForm(request.POST or None, file=file)
    if form.is_valid():
        _place(request, form.target(), form)
        return redirect("vault-detail", pk)
    return _asked(request, form, title=file.title)


@allow(Section.VAULT, Right.EDIT)
def hold_envelope(request: Request, pk: int) -> HttpResponse:
    """Place an envelope on hold, whatever becomes of it."""
    rows = scope(Envelope.objects.all(), request.user, Section.VAULT, Right.EDIT)
    envelope = get_object_or_404(rows.exclude(status="draft"), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        _place(request, envelope, form)
        return redirect("envelope-detail", pk)
    return _asked(request, form, title=envelope.title)


@allow(Section.VAULT, Right.EDIT)
def hold_contact(request: Request, pk: int) -> HttpResponse:
    """Place all that a contact is part of on hold, and the contact itself."""
    rows = scope(Contact.objects.all(), request.user, Section.VAULT, Right.EDIT)
    contact = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        _place(request, contact, form)
        return redirect("contact-detail", pk)
    return _asked(request, form, title=contact.name)


@allow(Section.VAULT, Right.EDIT)
def lift(request: Request, pk: int) -> HttpResponse:
    """Lift a hold, with a reason; then go back to where one came from."""
    hold = get_object_or_404(holds_within(request.user, Right.EDIT), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        lift_hold(hold, reason=reason, by=request.user, at=request.received_at)
        messages.success(request, _("The hold is lifted."))
        return redirect(_back(request))
    context = {"form": form, "hold": hold, "back": _back(request)}
    status = 422 if form.errors else 200
    return render(request, "desk/vault/lift.html", context, status=status)


def _place(request: Request, what: Held, form: ReasonForm) -> None:
    reason = form.cleaned_data["reason"]
    place_hold(what, reason=reason, by=request.user, at=request.received_at)
    messages.success(request, _("It is on hold: nothing of it goes until the hold is lifted."))


def _asked(request: Request, form: ReasonForm, *, title: str) -> HttpResponse:
    context = {"form": form, "about": title, "back": _back(request)}
    status = 422 if form.errors else 200
    return render(request, "desk/vault/hold.html", context, status=status)


def _back(request: Request) -> str:
    """Return where one came from, if that is a page of ours."""
    wanted = request.POST.get("back") or request.GET.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else "/vault/holds/"
