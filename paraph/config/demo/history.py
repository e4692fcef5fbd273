"""What became of the demo company's documents in past weeks, for its figures to tell of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from paraph.contacts.models import Contact
from paraph.signing.models import Envelope
from paraph.vault.models import SignedFile

from .envelopes import Story, tell
from .staff import Staff

PARTS = {
    "created_at": 1.0,
    "sent_at": 1.0,
    "asked_at": 1.0,
    "opened_at": 0.4,
    "signed_at": 0.1,
    "deadline_at": 0.0,
    "closed_at": 0.0,
    "stands_since": 0.0,
}
"""Which part of its way lay between a moment and the end."""


@dataclass(frozen=True)
class Past:
    """How many days ago something came to where it stands, and how many it took until then."""

    title: str
    days: int
    took: float


STORIES = (
    Story("Contrat de pose – Boulangerie Petit", "fr", "Petit", "completed", amount=3_600),
    Story("Umowa montażu – Nowak", "pl", "Nowak", "declined", amount=2_750),
    Story("Site survey – Northwind", "en", "Carter", "expired", "lawyer", amount=900),
)
PAST = (
    Past("Umowa oświetlenia – Kowalski Meble", days=9, took=2.3),
    Past("Umowa ramowa – Kowalski Meble", days=16, took=4.5),
    Past("Lighting contract – Northwind", days=24, took=5.2),
    Past("Umowa montażu – Nowak", days=38, took=1.6),
    Past("Contrat de sous-traitance – Girard", days=45, took=6.8),
    Past("Contrat de pose – Boulangerie Petit", days=59, took=3.1),
    Past("Site survey – Northwind", days=66, took=8.0),
)


def go_back(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Send further documents, and let weeks pass for these and for some of the others."""
    tell(staff, contacts, {}, STORIES)
    for it in PAST:
        let_pass(it.title, days=it.days, took=it.took)


def let_pass(title: str, *, days: float, took: float = 0) -> None:
    """Let days pass for one document: nothing in the demo company is older than its set-up."""
    envelope = Envelope.objects.get(title=title)
    for row in (envelope, *envelope.parties.all()):
        columns = [name for name in PARTS if getattr(row, name, None)]
        for name in columns:
            ago = timedelta(days=days + took * PARTS[name])
            setattr(row, name, getattr(row, name) - ago)
        row.save(update_fields=columns)
    envelope.note_standing(at=envelope.stands_since)
    SignedFile.objects.filter(envelope=envelope).update(completed_at=envelope.closed_at)
