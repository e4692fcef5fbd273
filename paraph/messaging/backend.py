"""Django's own e-mails (password reset and the like) leave as outgoing rows like all others."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from paraph.kit import db

from .actions import deliver_written
from .letters import Words


class OutgoingRows(BaseEmailBackend):
    """Writes one row a recipient; a worker hands it over."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            alternatives = getattr(mail, "alternatives", [])
            html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
            words = Words(subject=str(mail.subject), text=str(mail.body), html=html)
            for recipient in mail.to:
                _deliver(recipient, words=words)
        return len(email_messages)


@db.joining
def _deliver(recipient: str, *, words: Words) -> None:
    deliver_written(recipient, words=words, once=f"mail-{uuid.uuid4()}", at=datetime.now(UTC))
