"""Pictures of pages, drawn before the people come who were asked to sign."""

from __future__ import annotations

from datetime import timedelta

from paraph.documents.pages import PageSize, draw_beforehand
from paraph.kit.jobs import job

from .. import queries, revisions
from ..assembly.building import MOST_IN_MEMORY
from ..lifecycle import PartyStatus
from ..models import Envelope

DRAWN_AFTER = timedelta(seconds=2)
"""What is due at once goes first, such as the message with the link."""

COMING = {PartyStatus.ASKED, PartyStatus.OPENED}
"""Who has proven who they are reads already, and what they look at is drawn when they do."""


@job(queue="pages", retries=0, priority=-10)
def draw_pages(envelope_id: int) -> None:
    """Draw the first pages as phones show them, while somebody who is asked has still to come."""
    envelope = Envelope.objects.filter(pk=envelope_id).first()
    if envelope is None or not envelope.is_open:
        return
    if COMING.isdisjoint(it.status for it in queries.line_of(envelope)):
        return
    for base in revisions.heads(envelope):
        count = base.document.page_count
        if base.revision.size <= MOST_IN_MEMORY:  # pages of a large scan are drawn when read
            draw_beforehand(base.revision, page_count=count, size=PageSize.PHONE)
