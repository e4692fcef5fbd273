"""Moving a card: the same verbs as on the document's page, answered to the board."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.board.refusals import CannotMoveCard
from paraph.board.rules import Move, moves_of
from paraph.desk.envelopes.following import envelope_to_steer
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.actions.drafting import delete_draft, use_as_new
from paraph.signing.actions.following import cancel_envelope, remind_everybody
from paraph.signing.models import Envelope

Verb = Callable[[Request, Envelope], HttpResponse]


@allow(Section.DOCUMENTS, Right.SEND)
def move(request: Request, pk: int, move: str) -> HttpResponse:
    """Do what a card was moved for, by dragging it or by its menu; to cancel asks first."""
    envelope = envelope_to_steer(request, pk)
    if move not in Move.values:
        raise Http404
    if move == Move.CANCEL and request.method != "POST":
        return _ask_why(request, envelope)
    if request.method != "POST":
        return redirect("envelope-detail", pk)
    if move not in moves_of(envelope.standing):
        raise CannotMoveCard(_("This document has moved on meanwhile."))
    return _VERBS[Move(move)](request, envelope)


@allow(Section.DOCUMENTS, Right.SEND)
def undo(request: Request, pk: int) -> HttpResponse:
    """Throw away the draft that reopening made."""
    draft = envelope_to_steer(request, pk)
    if request.method == "POST":
        delete_draft(draft, by=request.actor, at=request.received_at)
    return _told(request, _("The draft is gone again."))


def _send(request: Request, envelope: Envelope) -> HttpResponse:
    """Lead to the last look: nothing goes out by the slip of a hand."""
    return _go(request, reverse("envelope-review", args=[envelope.pk]))


def _remind(request: Request, envelope: Envelope) -> HttpResponse:
    reminded = remind_everybody(envelope, by=request.actor, at=request.received_at)
    names = ", ".join(party.name for party in reminded)
    return _told(request, _("Reminded: %s.") % names)


def _cancel(request: Request, envelope: Envelope) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    cancel_envelope(envelope, reason=reason, by=request.actor, at=request.received_at)
    return _told(request, _("“%s” is cancelled. Nobody can sign it any more.") % envelope.title)


def _reopen(request: Request, envelope: Envelope) -> HttpResponse:
    at = request.received_at
    draft = use_as_new(envelope, responsible=request.user, by=request.actor, at=at)
    said = _("“%s” is a new draft. The closed one stays as it is.") % draft.title
    return _told(request, said, undo=reverse("board-undo", args=[draft.pk]))


_VERBS: dict[Move, Verb] = {
    Move.SEND: _send,
    Move.REMIND: _remind,
    Move.CANCEL: _cancel,
    Move.REOPEN: _reopen,
}


def _ask_why(request: Request, envelope: Envelope) -> HttpResponse:
    if not request.htmx:
        return redirect("envelope-cancel", envelope.pk)
    return render(request, "desk/board/cancel.html", {"envelope": envelope})


def _told(request: Request, text: str, *, undo: str = "") -> HttpResponse:
    """Say what was done: on the board as a toast, after which it asks for its changes."""
    if not request.htmx:
        messages.success(request, text)
        return redirect("board")
    said = {"text": text, "level": "success"} | ({"undo": undo} if undo else {})
    events = {"paraph:moved": said, "dialog-close": True}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})


def _go(request: Request, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
