"""What goes from the vault: by its class's retention, by hand; and what is left of it."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.kit.paging import Keyset
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.vault.actions.destroying import destroy_file
from paraph.vault.actions.retaining import change_retention
from paraph.vault.listing import retention_years
from paraph.vault.models import SignedFile, Tombstone
from paraph.vault.queries import Month, due_files, holds_on, leaving_by_month

from .forms import RetentionForm
from .sheets import turned
from .views import file_of

NEWEST_FIRST = Keyset(("destroyed_at", "id"), descending=True)


@allow(Section.SETTINGS, Right.VIEW)
def retention(request: Request) -> HttpResponse:
    """Show how long each class is kept, and what will go when; also under rules not yet saved."""
    years = retention_years()
    typed = request.GET if "try" in request.GET else None
    form = RetentionForm(typed, years=years)
    return _retention(request, form, tried=typed)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def change(request: Request) -> HttpResponse:
    """Keep the classes so long from now on."""
    form = RetentionForm(request.POST, years=retention_years())
    if not form.is_valid():
        return _retention(request, form, tried=request.POST)
    change_retention(form.years(), by=request.actor, at=request.received_at)
    messages.success(request, _("Saved. Nothing goes by a new rule before tomorrow."))
    return redirect("vault-retention")


@allow(Section.VAULT, Right.DELETE)
def destroy(request: Request, pk: int) -> HttpResponse:
    """Ask first; then take a signed document away before its time."""
    file = file_of(request, pk, Right.DELETE)
    if request.method == "POST":
        tomb = destroy_file(file, by=request.user, at=request.received_at)
        messages.success(request, _("It is deleted. What is left: %s.") % tomb.readable)
        return redirect("vault")
    if holds := holds_on(file.document, file.envelope):
        context = {"file": file, "holds": holds}
        return render(request, "desk/vault/not_deleted.html", context)
    context = {
        "title": _("Delete “%s” for good?") % file.title,
        "text": _(
            "The file, its evidence and the names in it are gone for everybody. Its ID, its "
            "dates and its hashes stay, so that a copy can still be proven. "
            "This cannot be undone."
        ),
        "label": _("Delete for good"),
        "back": reverse("vault-detail", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)


@allow(Section.VAULT, Right.VIEW)
def deleted(request: Request) -> HttpResponse:
    """Show what is left of signed documents that are no longer kept."""
    rows = Tombstone.objects.visible_to(request.user).select_related("destroyed_by")
    page = NEWEST_FIRST.page(rows, cursor=request.GET.get("cursor"))
    return render(request, "desk/vault/deleted.html", {**turned(page), "here": "deleted"})


def _retention(request: Request, form: RetentionForm, *, tried: QueryDict | None) -> HttpResponse:
    wanted = form.years() if form.is_bound and form.is_valid() else retention_years()
    years = {name: kept for name, kept in wanted.items() if kept}
    at = request.received_at
    months = leaving_by_month(SignedFile.objects.all(), years, at=at)
    context = {
        "form": form,
        "is_tried": tried is not None and form.is_valid(),
        "months": [(month, _listed(month)) for month in months],
        "due": due_files(years, at=at).count() if years else 0,
        "here": "retention",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/vault/retention.html", context, status=status)


def _listed(month: Month) -> str:
    """Return the address of the list of what goes in that month."""
    first = month.begins_on
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    days: dict[str, date] = {"goes_from": first, "goes_until": last}
    return reverse("vault") + "?" + urlencode({key: day.isoformat() for key, day in days.items()})
