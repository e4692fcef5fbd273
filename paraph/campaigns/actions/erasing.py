"""Forgetting whom a campaign was written to; that a no was said is kept as a hash."""

from __future__ import annotations

from paraph.kit import db
from paraph.messaging.erasing import erase_messages
from paraph.messaging.models import Message

from ..models import Consent, Recipient


@db.transaction
def erase_recipient(contact_id: int) -> None:
    """Take a person's name and addresses out of every campaign, and their consents."""
    rows = Recipient.objects.filter(contact=contact_id)
    erase_messages(Message.objects.filter(pk__in=rows.values("message")))
    for row in rows:
        row.name, row.address, row.token_hash = "", f"erased-{row.pk}", ""
        row.save(update_fields=["name", "address", "token_hash"])
    Consent.objects.filter(contact=contact_id).delete()
