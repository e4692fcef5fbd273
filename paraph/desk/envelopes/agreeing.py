"""The access code that the sender agrees with a client, kept at the last look."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.actions.agreeing import agree_access_code
from paraph.signing.refusals import CannotChoose

from . import wizard


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def agree(request: Request, pk: int, party: int) -> HttpResponse:
    """Keep what was agreed; without words, a code is sent again as usual."""
    envelope = wizard.draft_of(request, pk)
    seat = get_object_or_404(envelope.parties.select_related("envelope"), pk=party)
    words = request.POST.get("words", "")
    try:
        agree_access_code(seat, words=words, by=request.actor, at=request.received_at)
    except CannotChoose as refused:
        messages.error(request, " ".join(refused.reasons))
    return redirect("envelope-review", pk)
