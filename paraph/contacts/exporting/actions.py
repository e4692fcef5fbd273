"""The verbs of exports: an export at once, or one in the background. Either is remembered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from paraph import journal
from paraph.kit import db
from paraph.people.models import Employee

from .events import ContactsExported


@db.transaction
def note_export(
    *, given: Mapping[str, Any], rows: int, batch_id: int | None, owner: Employee, at: datetime
) -> None:
    """Remember that somebody takes contacts out of the house, how many, and as what."""
    taken = ContactsExported(format=given["format"], rows=rows, batch_id=batch_id)
    journal.record(taken, by=owner.actor, at=at)
