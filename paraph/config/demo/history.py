"""What became of the demo company's documents in past weeks, for its figures to tell of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from paraph.contacts.models import Contact
from paraph.signing.models import Envelope, Party
from paraph.vault.models import SignedFile

from .envelopes import Story, tell
from .staff import Staff

WAY = {
    "created_at": 1.0,
    "sent_at": 1.0,
    "deadline_at": 0.0,
    "closed_at": 0.0,
    "stands_since": 0.0,
}
"""Which part of an envelope's way lay between a moment and the end."""

TURN = {
    "asked_at": 1.0,
    "opened_at": 0.4,
    "reminded_at": 0.3,
    "approved_at": 0.0,
    "signed_at": 0.0,
    "declined_at": 0.0,
}
"""Which part of a group's turn lay between a party's moment and the turn's end."""


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
    Past("Survey contract – Northwind", days=2, took=9.4),
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
    """Let days pass for one document: nothing in the demo company is older than its set-up.

    Its groups had their turns one after another, each as long as the others'.
    """
    envelope = Envelope.objects.get(title=title)
    end, way = timedelta(days=days), timedelta(days=took)
    _move(envelope, {name: end + way * part for name, part in WAY.items()})
    parties = list(envelope.parties.in_order())
    groups = sorted({it.group for it in parties}, reverse=True)
    for party in parties:
        turn = way / len(groups)
        later = turn * groups.index(party.group)
        _move(party, {name: end + later + turn * part for name, part in TURN.items()})
    acts = (at for it in parties if (at := it.signed_at or it.approved_at))
    envelope.acted_at = max(acts, default=None)
    envelope.save(update_fields=["acted_at"])
    envelope.note_standing(at=envelope.stands_since)
    SignedFile.objects.filter(envelope=envelope).update(completed_at=envelope.closed_at)


def _move(row: Envelope | Party, back: Mapping[str, timedelta]) -> None:
    """Move those moments of a row that it has."""
    moments = {name: at - back[name] for name in back if (at := getattr(row, name))}
    for name, at in moments.items():
        setattr(row, name, at)
    row.save(update_fields=moments)
