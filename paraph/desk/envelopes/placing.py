"""Step 3 of the preparation: the places for stamp, signature and data on the pages."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.documents.models import Document
from paraph.documents.text import Word, page_words
from paraph.kit.errors import Refused
from paraph.kit.plain import straight
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import queries, rules
from paraph.signing.actions.fields import replace_fields
from paraph.signing.choices import Placement
from paraph.signing.details import sources
from paraph.signing.models import Envelope, Field, FieldKind
from paraph.signing.suggesting import suggested_places

from . import wizard

KINDS = (
    (FieldKind.SIGNATURE, "signature", 170, 60),
    (FieldKind.STAMP, "rubber-stamp", 110, 110),
    (FieldKind.INITIALS, "writing", 60, 36),
    (FieldKind.TEXT, "cursor-text", 170, 22),
    (FieldKind.DATE, "calendar", 100, 22),
    (FieldKind.CHECKBOX, "checkbox", 18, 18),
    (FieldKind.NUMBER, "hash", 90, 22),
    (FieldKind.CHOICE, "list-check", 150, 22),
    (FieldKind.REQUISITES, "id", 220, 80),
    (FieldKind.CRM, "address-book", 170, 22),
    (FieldKind.FILE, "paperclip", 190, 22),
)


LAST_PAGES = 5  # people sign at the end


class NotPlacements(Refused):
    """What the page sent are not places."""

    code = "not-placements"
    status = 422

    def __init__(self) -> None:
        super().__init__(_("These places cannot be read. Load the page again."))


@allow(Section.DOCUMENTS, Right.SEND)
def fields(request: Request, pk: int) -> HttpResponse:
    """Show the pages with the places; ``<field-placer>`` moves them."""
    envelope = wizard.draft_of(request, pk)
    places = _places(envelope.pk)
    context = {
        "envelope": envelope,
        "parties": queries.signers_of(envelope),
        "documents": queries.documents_of(envelope),
        "fields": places,
        "kinds": KINDS,
        "sources": sources(),
        "offered": json.dumps([_("Yes"), _("No")]),
        "state": _state(places),
        "steps": wizard.steps(envelope, current="fields"),
    }
    return render(request, "desk/envelopes/fields.html", context)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def save(request: Request, pk: int) -> HttpResponse:
    """Keep the places exactly as they lie on the page now; answers them with their ids."""
    envelope = wizard.draft_of(request, pk)
    try:
        sent = json.loads(request.body)
        placements = [_placement(item) for item in sent["fields"]]
    except (ValueError, KeyError, TypeError, RawPostDataException) as unreadable:
        raise NotPlacements from unreadable
    seen = str(sent.get("seen") or "")
    kept = replace_fields(envelope, placements=placements, seen=seen)
    return JsonResponse(_state(kept))


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def suggest(request: Request, pk: int) -> HttpResponse:
    """Put the signatures that are missing on their lines, else with stamps at the end.

    ``<field-placer>`` asks for them as JSON and puts them itself: one step takes them back.
    """
    envelope = wizard.draft_of(request, pk)
    suggested = _suggested(envelope)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"fields": [asdict(place) for place in suggested]})
    placed = [_placement(_plain(place)) for place in _places(pk)]
    there = {(place.party_id, place.kind) for place in placed}
    missing = [place for place in suggested if (place.party_id, place.kind) not in there]
    if not missing:
        messages.info(request, _("Every party has a stamp and a signature already."))
        return redirect("envelope-fields", pk)
    replace_fields(envelope, placements=[*placed, *missing])
    messages.success(request, _("Placed. Move them where they belong."))
    page = f"#page-{missing[0].document_id}-{missing[0].page}"
    return redirect(reverse("envelope-fields", args=[pk]) + page)


def _suggested(envelope: Envelope) -> list[Placement]:
    documents = queries.documents_of(envelope)
    words = _last_words(documents[-1]) if documents else {}
    return suggested_places(documents, queries.parties_of(envelope), words)


def _last_words(document: Document) -> dict[int, list[Word]]:
    """Return the words of the pages on which people usually sign: the last ones."""
    newest = queries.newest_revision(document)
    first = max(1, document.page_count - LAST_PAGES + 1)
    return {page: page_words(newest, page) for page in range(first, document.page_count + 1)}


def _placement(item: Mapping[str, Any]) -> Placement:
    """Read one place; raises ``KeyError``, ``TypeError`` or ``ValueError`` if it is none."""
    x, y, width, height = box = [float(item[name]) for name in ("x", "y", "width", "height")]
    if not all(map(isfinite, box)):
        raise ValueError(box)
    return Placement(
        party_id=int(item["party_id"]),
        document_id=int(item["document_id"]),
        kind=str(item["kind"]),
        page=int(item["page"]),
        x=x,
        y=y,
        width=width,
        height=height,
        label=straight(str(item.get("label") or "")).strip(),
        options=[straight(str(option)) for option in item.get("options") or []],
        source=str(item.get("source") or ""),
        is_required=bool(item.get("is_required", True)),
        id=int(item["id"]) if item.get("id") else None,
    )


def _places(pk: int) -> Sequence[Field]:
    return list(Field.objects.filter(party__envelope=pk).order_by("id"))


def _state(places: Sequence[Field]) -> dict[str, object]:
    return {"fields": [_plain(place) for place in places], "seen": rules.mark_of(places)}


def _plain(place: Field) -> dict[str, object]:
    names = ("id", "party_id", "document_id", "kind", "page", "x", "y", "width", "height")
    plain: dict[str, object] = {name: getattr(place, name) for name in names}
    more = ("label", "is_required", "options", "source")
    return plain | {name: getattr(place, name) for name in more}
