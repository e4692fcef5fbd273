"""Chosen deals as a file."""

from functools import partial

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from paraph.desk.lists.taking import take
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.actions.dealing import note_export

from .listing import DEALS


@require_POST
@allow(Section.CRM, Right.EXPORT)
def export(request: Request, format: str) -> HttpResponseBase:
    """Hand the chosen deals over, as far as the right to export reaches."""
    note = partial(note_export, format=format, by=request.actor, at=request.received_at)
    return take(request, DEALS, format, kind="deals.export", note=lambda rows: note(rows=rows))
