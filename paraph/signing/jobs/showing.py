"""Pictures of pages, drawn before the people come who were asked to sign."""

from __future__ import annotations

from datetime import timedelta

from paraph.documents.pages import PageSize, draw_beforehand
from paraph.kit.jobs import job

from .. import queries, revisions
from ..lifecycle import PartyStatus
from ..models import Envelope

DRAWN_AFTER = timedelta(seconds=2)
"""What is due at once goes first, such as the message with the link."""

READERS = {PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN}


@job(queue="pages", retries=0, priority=-10)
def draw_pages(envelope_id: int) -> None:
    """Draw the first pages as phones show them, while somebody who is asked has still to come."""
    envelope = Envelope.objects.get(pk=envelope_id)
    if not envelope.is_open or READERS.isdisjoint(it.status for it in queries.line_of(envelope)):
        return
    for base in revisions.heads(envelope):
        count = base.document.page_count
        draw_beforehand(base.revision, page_count=count, size=PageSize.PHONE)
