"""One envelope with its parties, what was said to whom, and its timeline."""

from collections.abc import Sequence
from zlib import crc32

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from paraph.desk.envelopes.chain import groups_of
from paraph.desk.timelines import newest_fact
from paraph.documents.models import RevisionKind
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.people.access import signed_in
from paraph.people.http import Request
from paraph.signing import queries, rules
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from paraph.vault.actions.noting import note_saved

MOST_MESSAGES = 30
FINAL = {RevisionKind.COMPLETED, RevisionKind.RENEWED}


@signed_in
def detail(request: Request, pk: int) -> HttpResponse:
    """Show one envelope: where it stands, who acts, what was said to whom, what happened.

    A poll answers 204 while nothing happened.
    """
    envelope = _found(request, pk)
    parties = queries.parties_of(envelope)
    sent = list(queries.letters_to(parties).order_by("-created_at")[:MOST_MESSAGES])
    version = _version(sent)
    if request.htmx and request.GET.get("seen") == version:
        return HttpResponse(status=204)
    context = {
        "envelope": envelope,
        "groups": groups_of(parties, queries.needed_of(envelope)),
        "asked": [party for party in parties if party.is_asked],
        "questions": queries.questions_of(envelope),
        "is_stuck": queries.is_seal_overdue(envelope, at=request.received_at),
        "due": rules.next_in_line(parties) if envelope.status == Status.SENT else [],
        "documents": queries.documents_of(envelope),
        "sent": sent,
        "version": version,
        "obstacles": queries.obstacles_to_sending(envelope, at=request.received_at)
        if envelope.is_draft
        else [],
    }
    if not request.htmx:
        return render(request, "desk/envelopes/detail.html", context)
    response = render(request, "desk/envelopes/detail.html#state", context)
    response["HX-Trigger"] = "story-changed"
    return response


@signed_in
def download(request: Request, pk: int) -> HttpResponse:
    """Send the newest file of the envelope's document: the signed one once it is completed."""
    envelope = _found(request, pk)
    documents = queries.documents_of(envelope)
    wanted = request.GET.get("document", "")
    chosen = next(
        (d for d in documents if str(d.pk) == wanted), documents[0] if documents else None
    )
    if chosen is None:
        raise Http404
    if envelope.is_completed:
        note_saved(chosen, envelope, "file", by=request.actor, at=request.received_at)
    revision = queries.newest_revision(chosen)
    suffix = "" if revision.kind in FINAL else f" ({revision.get_kind_display()})"
    name = content_disposition_header(True, f"{chosen.title}{suffix}.pdf")
    content = files.get(revision.sha256)
    headers = {"Content-Disposition": name or "attachment", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _version(sent: Sequence[Message]) -> str:
    """Name what the page shows: it changes with every fact and every message's state."""
    states = ",".join(f"{message.pk}{message.state}" for message in sent)
    return f"{newest_fact()}-{crc32(states.encode())}"


def _found(request: Request, pk: int) -> Envelope:
    rows = queries.with_people(Envelope.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk)
