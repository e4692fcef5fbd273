"""A message as an e-mail, whoever carries it."""

from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.encoding import punycode

from paraph.messaging.models import Message


def mail_of(
    message: Message, *, sender: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """Return the e-mail; it keeps its Message-ID however often it is tried."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=sender,
        to=[_addressed(message.recipient_name, message.recipient)],
        headers=_headers(message),
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _headers(message: Message) -> dict[str, str]:
    """Return what machines read; a mailing names the way out by one click (RFC 8058)."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if not message.is_mailing:
        return headers
    return {
        "Message-ID": message.message_id,
        "List-Unsubscribe": f"<{message.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def _addressed(name: str, address: str) -> str:
    """Return the recipient as a header takes it: one line, the host in plain letters."""
    mailbox, _at, host = address.rpartition("@")
    return formataddr((" ".join(name.split()), f"{mailbox}@{punycode(host)}"))
