"""The quick look: one envelope beside the board, with its people, pages, levers and timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from paraph.board.queries import layout_of
from paraph.desk.envelopes.chain import Group, groups_of
from paraph.desk.timelines import Moment, timeline_of
from paraph.documents.models import Document
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.models import Envelope

from .cards import Card, CardWriter

MOMENTS = 12
PAGES = 4


@dataclass(frozen=True)
class Look:
    """What the panel shows."""

    card: Card
    groups: Sequence[Group]
    documents: Sequence[Document]
    sheets: Sequence[tuple[Document, int]]
    """The first pages, to be shown small."""
    is_read: bool
    """Whether the person may look at the pages."""
    timeline: Sequence[Moment]

    @property
    def envelope(self) -> Envelope:
        return self.card.envelope


@allow(Section.DOCUMENTS, Right.VIEW)
def look(request: Request, pk: int) -> HttpResponse:
    """Send the panel; without script the board opens with it."""
    if (shown := look_at(request, pk)) is None:
        raise Http404
    if not request.htmx:
        return redirect(f"{reverse('board')}?all=1&card={pk}")
    return render(request, "desk/board/look.html", {"look": shown})


def look_at(request: Request, pk: int) -> Look | None:
    """Return what there is to see of an envelope, if the person may see it."""
    rows = queries.with_people(Envelope.objects.visible_to(request.user))
    if (envelope := rows.filter(pk=pk).first()) is None:
        return None
    writer = CardWriter(request.user, layout_of(request.user), at=request.received_at)
    documents = queries.documents_of(envelope)
    readable = Document.objects.visible_to(request.user).filter(pk__in=[it.pk for it in documents])
    is_read = readable.count() == len(documents)
    sheets = [(it, page) for it in documents for page in range(1, it.page_count + 1)]
    return Look(
        card=writer.cards([envelope])[0],
        groups=groups_of(queries.parties_of(envelope), queries.needed_of(envelope)),
        documents=documents,
        sheets=sheets[:PAGES] if is_read else [],
        is_read=is_read,
        timeline=timeline_of("envelope", pk, limit=MOMENTS),
    )
