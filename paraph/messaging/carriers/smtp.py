"""E-mail by SMTP (RFC 5321). ``smtp://user:password@host:587?tls=starttls`` or ``smtps://…``."""

import smtplib
from email.utils import formataddr
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

from paraph.messaging.models import Message

from .base import Handed, RefusedForGood, TryAgain

TIMEOUT_SECONDS = 10


class Smtp:
    """One SMTP server; each message keeps its Message-ID however often it is tried."""

    def __init__(self, url: str, *, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, message: Message) -> Handed:
        try:
            with self._connection() as connection:
                self._mail(message, connection).send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _text in refused.recipients.values()]
            answer = "; ".join(str(text) for _code, text in refused.recipients.values())
            raise _by_code(max(codes, default=500), answer) from refused
        except smtplib.SMTPResponseException as refused:
            raise _by_code(refused.smtp_code, str(refused.smtp_error)) from refused
        except (smtplib.SMTPException, OSError) as failure:
            raise TryAgain(f"{type(failure).__name__}: {failure}") from failure
        return Handed("smtp", message.message_id)

    def find(self, message: Message) -> Handed | None:
        """SMTP cannot be asked: a repeat carries the same Message-ID."""
        return None

    def _connection(self) -> EmailBackend:
        is_smtps = self._url.scheme == "smtps"
        return EmailBackend(
            host=self._url.hostname or "localhost",
            port=self._url.port or (465 if is_smtps else 25),
            username=unquote(self._url.username or ""),
            password=unquote(self._url.password or ""),
            use_tls="tls=starttls" in self._url.query,
            use_ssl=is_smtps,
            timeout=TIMEOUT_SECONDS,
        )

    def _mail(self, message: Message, connection: EmailBackend) -> EmailMultiAlternatives:
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            from_email=self._sender,
            to=[_addressed(message.recipient_name, message.recipient)],
            headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        return mail


def _addressed(name: str, address: str) -> str:
    """Return the recipient as a header takes it: one line, the host in plain letters."""
    mailbox, _at, host = address.rpartition("@")
    return formataddr((" ".join(name.split()), f"{mailbox}@{punycode(host)}"))


def _by_code(code: int, answer: str) -> Exception:
    """4xx may pass later, 5xx never will (RFC 5321, section 4.2.1)."""
    return TryAgain(f"{code} {answer}") if code < 500 else RefusedForGood(f"{code} {answer}")
