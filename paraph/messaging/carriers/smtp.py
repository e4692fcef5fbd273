"""E-mail by SMTP (RFC 5321). ``smtp://user:password@host:587?tls=starttls`` or ``smtps://…``."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail.backends.smtp import EmailBackend

from paraph.messaging.models import Message

from .base import AnswerLost, CannotTell, Carrier, Handed, RefusedForGood, TryAgain
from .mails import mail_of

TIMEOUT_SECONDS = 10


class _Line(smtplib.SMTP):
    """A connection that remembers whether the server has heard the whole message."""

    is_all_said = False

    def send(self, s: Any) -> None:  # Any: as the standard library has it, text or bytes
        super().send(s)
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n"):
            self.is_all_said = True


class _TlsLine(_Line, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class _Backend(EmailBackend):
    """Django's own way to a server, on lines of ours."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TlsLine if self.use_ssl else _Line


class Smtp(Carrier):
    """One SMTP server; each message keeps its Message-ID however often it is tried."""

    name = "smtp"

    def __init__(self, url: str, *, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._stays_open = False
        self._open: _Backend | None = None

    @contextmanager
    def staying_open(self) -> Iterator[None]:
        """Keep the connection for all messages until done; one that failed is made anew."""
        self._stays_open = True
        try:
            yield
        finally:
            self._stays_open = False
            self._hang_up()

    def send(self, message: Message) -> Handed:
        try:
            self._say(message)
        except Exception:
            self._hang_up()
            raise
        if not self._stays_open:
            self._hang_up()
        return Handed("smtp", message.message_id)

    def _say(self, message: Message) -> None:
        backend, line = self._open or self._connection(), None
        self._open = backend
        try:
            backend.open()
            line = backend.connection
            if isinstance(line, _Line):
                line.is_all_said = False
            mail_of(message, sender=self._sender, connection=backend).send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _text in refused.recipients.values()]
            answer = "; ".join(str(text) for _code, text in refused.recipients.values())
            raise _by_code(max(codes, default=500), answer) from refused
        except smtplib.SMTPResponseException as refused:
            raise _by_code(refused.smtp_code, str(refused.smtp_error)) from refused
        except (smtplib.SMTPException, OSError) as failure:
            is_lost = isinstance(line, _Line) and line.is_all_said
            kind = AnswerLost if is_lost else TryAgain
            raise kind(f"{type(failure).__name__}: {failure}") from failure

    def _hang_up(self) -> None:
        """Say goodbye; what the server says to that changes nothing."""
        backend, self._open = self._open, None
        if backend is not None:
            with suppress(smtplib.SMTPException, OSError):
                backend.close()

    def find(self, message: Message) -> Handed | None:
        """SMTP cannot be asked; only what must not come twice needs to."""
        raise CannotTell("The worker ended in between.")

    def greet(self) -> None:
        """Connect, encrypt and sign in, without a message; raises ``TryAgain``."""
        connection = self._connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as failure:
            raise TryAgain(f"{type(failure).__name__}: {failure}") from failure
        connection.close()

    def _connection(self) -> _Backend:
        is_smtps = self._url.scheme == "smtps"
        return _Backend(
            host=self._url.hostname or "localhost",
            port=self._url.port or (465 if is_smtps else 25),
            username=unquote(self._url.username or ""),
            password=unquote(self._url.password or ""),
            use_tls="tls=starttls" in self._url.query,
            use_ssl=is_smtps,
            timeout=TIMEOUT_SECONDS,
        )


def _by_code(code: int, answer: str) -> Exception:
    """4xx may pass later, 5xx never will (RFC 5321, section 4.2.1)."""
    return TryAgain(f"{code} {answer}") if code < 500 else RefusedForGood(f"{code} {answer}")
