"""Chosen rows of the vault's list as a table; the files themselves are in the archive."""

from functools import partial

from django.http import HttpResponseBase

from paraph.desk.lists.taking import take
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.vault.actions.noting import note_export

from .rooms import VAULT


@allow(Section.VAULT, Right.EXPORT)
def export(request: Request, format: str) -> HttpResponseBase:
    """Hand the chosen rows over, as far as the right to export reaches."""
    note = partial(note_export, format=format, by=request.actor, at=request.received_at)
    return take(request, VAULT, format, kind="vault.export", note=lambda rows: note(rows=rows))
