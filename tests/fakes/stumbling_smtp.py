"""An SMTP server that fails at random, as servers do, and keeps a ledger of what it took."""

import random
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

WAYS = ("busy", "refused", "dropped", "dropped after taking it")


@dataclass
class StumblingServer:
    """Takes most mails; each of the rest fails in one of four ways."""

    share: float = 0.05
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    taken: list[Mail] = field(default_factory=list)
    stumbles: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def ledger(self) -> Counter[str]:
        """Count what was taken, by address."""
        return Counter(str(mail["To"]).rpartition("<")[2].rstrip(">") for mail in self.taken)

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, or fail."""
        mail = message_from_bytes(envelope.content or b"")  # type: ignore[arg-type]  # bytes here
        if self.chance.random() >= self.share:
            self.taken.append(mail)
            return "250 OK"
        way = self.chance.choice(WAYS)
        self.stumbles[way] += 1
        return self._stumble(way, mail, server, envelope)

    def _stumble(self, way: str, mail: Mail, server: SMTP, envelope: Envelope) -> str:
        if way == "busy":
            return "451 try later"
        if way == "refused":
            self.refused.update(envelope.rcpt_tos)
            return "550 no such person"
        if way == "dropped after taking it":
            self.taken.append(mail)
        if server.transport:
            server.transport.close()
        return "250 nobody hears this"


@contextmanager
def stumbling_server(
    share: float = 0.05, *, seed: int = 7, make: type[StumblingServer] = StumblingServer
) -> Iterator[StumblingServer]:
    """Run one on loopback."""
    server = make(share, random.Random(seed))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = int(probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
