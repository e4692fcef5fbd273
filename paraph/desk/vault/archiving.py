"""Signed files in one archive: what it will hold, then its bytes as they are made."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from paraph.desk.lists.asking import selection_of
from paraph.kit.ids import new_token
from paraph.kit.listing import Selection
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.vault.actions.noting import note_archive, note_taken
from paraph.vault.archives import streamed
from paraph.vault.listing import vault_listing
from paraph.vault.models import SignedFile, SignedFiles

from .rooms import VAULT

PAGES_A_FILE = 3


@allow(Section.VAULT, Right.EXPORT)
def archive(request: Request) -> HttpResponse:
    """Say how much the archive will hold, and offer it; also the rest of one that was cut off."""
    selection = selection_of(request, vault_listing())
    rows = _chosen(request.user, selection)
    after = _after(request, rows)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "total": rows.count(),
        "left": rows.filter(pk__gt=after).count() if after else 0,
        "first": rows.filter(pk__gt=after).order_by("pk").first() if after else None,
        "query": [(key, value) for key, values in query.lists() for value in values],
        "take": f"{reverse('vault-archive-take')}?{urlencode(list(_pairs(request)))}",
        "unknown": request.GET.get("after", "") if not after else "",
        "is_chosen": bool(query),
    }
    return render(request, "desk/vault/archive.html", context)


@allow(Section.VAULT, Right.EXPORT)
def take(request: Request) -> HttpResponseBase:
    """Send the archive while it is made; each file is checked for its right before it leaves."""
    selection = selection_of(request, vault_listing())
    person, at = request.user, request.received_at
    rows = _chosen(person, selection)
    after = _after(request, rows)
    token = new_token()[:12]
    count = rows.filter(pk__gt=after).count()
    note_archive(archive=token, files=count, by=request.actor, at=at)
    note = partial(note_taken, archive=token, by=request.actor, at=at)
    content = streamed(lambda: _chosen(person, selection), after=after, note=note)
    response = StreamingHttpResponse(content, content_type="application/zip")
    day = timezone.localtime(at).date().isoformat()
    part = "-rest" if after else ""
    response["Content-Disposition"] = f'attachment; filename="{VAULT.address}-{day}{part}.zip"'
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _chosen(person: Employee, selection: Selection) -> SignedFiles:
    """Return the chosen files, as far as the right to export reaches now."""
    rows = SignedFile.objects.visible_to(Employee.objects.get(pk=person.pk), Right.EXPORT)
    with timezone.override(person.time_zone):
        chosen: SignedFiles = vault_listing().selected(rows, selection)
    return chosen


def _after(request: Request, rows: SignedFiles) -> int:
    """Return the key of the last file that somebody has, by its ID; 0 where none is named."""
    code = "".join(request.GET.get("after", "").split()).replace("-", "").upper()
    found = rows.filter(code=code).first() if code else None
    return found.pk if found else 0


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(key, str(value)) for key, values in request.GET.lists() for value in values]
