"""Chosen companies as a file."""

from functools import partial

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from paraph.contacts.actions.companies import note_export
from paraph.desk.lists.taking import take
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .listing import COMPANIES


@require_POST
@allow(Section.CRM, Right.EXPORT)
def export(request: Request, format: str) -> HttpResponseBase:
    """Hand the chosen companies over, as far as the right to export reaches."""
    note = partial(note_export, format=format, by=request.actor, at=request.received_at)
    return take(
        request, COMPANIES, format, kind="companies.export", note=lambda rows: note(rows=rows)
    )
