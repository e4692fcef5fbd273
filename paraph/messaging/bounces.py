"""E-mails that came back: delivery status notifications (RFC 3464) read from our own mailbox."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from . import settling

MOST_BYTES = 2_000_000
MOST_AT_ONCE = 200
TIMEOUT_SECONDS = 20
TLS_PORT, PLAIN_PORT = 993, 143


@dataclass(frozen=True)
class Bounce:
    """A message of ours that a server could not deliver, for good."""

    message_id: str
    recipient: str
    reason: str


def bounces_in(mail: bytes) -> list[Bounce]:
    """Return what a mail tells about failed messages; nothing for any other mail, or a delay."""
    told = message_from_bytes(mail, policy=policy.default)
    if told.get_content_type() != "multipart/report":
        return []
    fields = [dict(part.items()) for part in _parts(told, "message/delivery-status")]
    if not (message_id := _original_id(told)):
        return []
    return [
        Bounce(message_id, _address(field["Final-Recipient"]), _reason(field))
        for field in fields
        if str(field.get("Action", "")).strip().lower() == "failed" and "Final-Recipient" in field
    ]


def _parts(told: EmailMessage, kind: str) -> Iterator[EmailMessage]:
    """Walk the blocks of fields: one for the whole, then one a recipient."""
    for part in told.walk():
        if part.get_content_type() == kind and isinstance(part.get_payload(), list):
            yield from (block for block in part.get_payload() if isinstance(block, EmailMessage))


def _original_id(told: EmailMessage) -> str:
    """Return the Message-ID of what came back: the whole mail, or its headers alone."""
    for part in told.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            original = next(part.iter_parts(), None)
            return str(original["Message-ID"] or "").strip() if original else ""
        if kind == "text/rfc822-headers":
            headers = message_from_bytes(_bytes_of(part), policy=policy.default)
            return str(headers.get("Message-ID", "")).strip()
    return ""


def _bytes_of(part: EmailMessage) -> bytes:
    """Return what a part holds, whatever alphabet it claims."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _address(value: object) -> str:
    """Return the address in ``rfc822; frank@example.org``."""
    return str(value).rpartition(";")[2].strip()


def _reason(field: dict[str, object]) -> str:
    words = " ".join(_address(field.get("Diagnostic-Code", "")).split())
    return f"{field.get('Status', '')} {words}".strip()


def keep_bounces(mail: bytes, *, at: datetime) -> int:
    """Mark what the mail tells of as bounced; how many of our messages that were."""
    return sum(
        settling.keep_bounced(it.message_id, recipient=it.recipient, reason=it.reason, at=at)
        for it in bounces_in(mail)
    )


def collect(url: str, *, at: datetime) -> int:
    """Read the new mails of a mailbox (``imaps://user:password@host/INBOX``); bounces found.

    What was read is marked as seen, and nothing is deleted.
    """
    found = 0
    with _mailbox(url) as box:
        _status, [numbers] = box.uid("SEARCH", "UNSEEN")
        for number in (numbers or b"").split()[:MOST_AT_ONCE]:
            _status, answer = box.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            found += keep_bounces(answer[0][1], at=at) if isinstance(answer[0], tuple) else 0
            box.uid("STORE", number.decode(), "+FLAGS", "(\\Seen)")  # once it is kept
    return found


@contextmanager
def _mailbox(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "localhost", parts.scheme == "imaps"
    box: imaplib.IMAP4
    if is_tls:
        context = ssl.create_default_context()
        box = imaplib.IMAP4_SSL(
            host, parts.port or TLS_PORT, ssl_context=context, timeout=TIMEOUT_SECONDS
        )
    else:
        box = imaplib.IMAP4(host, parts.port or PLAIN_PORT, timeout=TIMEOUT_SECONDS)
    with box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.lstrip("/")) or "INBOX")
        yield box
