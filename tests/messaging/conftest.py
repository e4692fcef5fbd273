"""Carriers that tests start: an SMTP server and a provider of texts, on real sockets."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio, twilio


@dataclass
class Postman:
    """An SMTP server's own ledger, and what it answers to the final dot."""

    received: list[Mail] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    lines: int = 0  # how many connections said hello

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name and arguments
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count who calls."""
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, or refuse it as the test wants."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") and isinstance(envelope.content, bytes):
            self.received.append(message_from_bytes(envelope.content))
        return answer


@pytest.fixture(autouse=True)
def _words(settings: Settings) -> None:
    """Let tests bring words of their own."""
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]},
    ]
    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    own = ["django.template.loaders.filesystem.Loader", *loaders]
    settings.TEMPLATES[0]["OPTIONS"] = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": own}


@pytest.fixture
def smtp(settings: Settings) -> Iterator[Postman]:
    """Have e-mail carried by a real SMTP server on loopback."""
    postman = Postman()
    port = _free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield postman
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def texts(settings: Settings) -> Iterator[FakeTwilio]:
    """Have texts carried by a provider on loopback."""
    with twilio() as fake:
        settings.TWILIO_URL = fake.url
        settings.TWILIO_ACCOUNT, settings.TWILIO_TOKEN = ACCOUNT, TOKEN
        settings.TWILIO_FROM = "+33700000000"
        yield fake
