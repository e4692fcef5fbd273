"""Erasing what messages said, and to whom; that they were written, and when, stays."""

from __future__ import annotations

from paraph.kit import db

from .models import ON_THE_WAY, Message, Messages


@db.transaction_required
def erase_messages(messages: Messages) -> int:
    """Erase the words and the addresses of these messages, but those still on their way."""
    blank = dict.fromkeys(("recipient", "recipient_name", "subject", "text", "html", "error"), "")
    ended = Message.objects.filter(pk__in=messages.values("pk")).exclude(state__in=ON_THE_WAY)
    return ended.exclude(recipient="").update(**blank)
