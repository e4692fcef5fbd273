"""What became of the demo company's documents in past weeks, for its figures to tell of.

Whatever needs no seal has happened in the past by its action's own ``at``. A time stamp states
its unit's clock, so from its sending on a document happens today, as its facts say; only the
moments of its rows are moved then, and a comment tells so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from paraph.comments.actions import write_comment
from paraph.comments.models import Subject
from paraph.contacts.models import Contact
from paraph.signing.models import Envelope, Party
from paraph.vault.models import SignedFile

from . import attention, envelopes
from .envelopes import Story, now, tell
from .staff import Staff

WAY = {
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


STORIES = (
    Story(
        "Contrat de pose – Boulangerie Petit",
        "fr",
        "Petit",
        "completed",
        amount=3_600,
        days=59,
        took=3.1,
    ),
    Story("Umowa montażu – Nowak", "pl", "Nowak", "declined", amount=2_750, days=38, took=1.6),
    Story(
        "Site survey – Northwind",
        "en",
        "Carter",
        "expired",
        "lawyer",
        amount=900,
        days=66,
        took=8.0,
    ),
)


def go_back(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Send further documents, and let days pass for these and for some of the others."""
    tell(staff, contacts, {}, STORIES)
    for story in (*envelopes.STORIES, *attention.STORIES, *STORIES):
        if story.days:
            envelope = Envelope.objects.get(title=story.title)
            let_pass(envelope, days=story.days, took=story.took)
            _say_so(envelope, days=story.days)


def _say_so(envelope: Envelope, *, days: int) -> None:
    """Tell whoever wonders at its timeline."""
    text = _(
        "So that the team has figures, this document counts as %s days older than it is. Its "
        "seals and this timeline say when it was sent and signed: no time stamp can be made in "
        "the past."
    )
    about = (Subject.ENVELOPE, envelope.pk)
    write_comment(text % days, about=about, author=envelope.responsible, at=now())


def let_pass(envelope: Envelope, *, days: int, took: float) -> None:
    """Let days pass since one document was sent.

    Its groups had their turns one after another, each as long as the others'.
    """
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
