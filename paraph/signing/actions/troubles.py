"""Keeping what is wrong with an envelope in step with what happened around it."""

from paraph.kit import db

from ..models import Envelope, Party


@db.transaction
def note_troubles(envelope: Envelope) -> None:
    """Look afresh at what came back, is locked, or was asked and not answered."""
    envelope.lock()
    envelope.note_troubles()


def note_troubles_of(party_id: int) -> None:
    """Look at the envelope of a party, unless that draft was thrown away meanwhile."""
    party = Party.objects.filter(pk=party_id).select_related("envelope").first()
    if party is not None:
        note_troubles(party.envelope)
