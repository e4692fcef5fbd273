"""A mailbox that speaks enough IMAP4rev1 (RFC 3501) to be read, over a real socket."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The mails in it, and which were seen."""

    mails: list[bytes]
    seen: set[int] = field(default_factory=set)
    port: int = 0


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in self.rfile:
            tag, _space, rest = line.strip().partition(b" ")
            self._answer(rest.upper(), rest)
            self._say(tag + b" OK done")
            if rest.upper() == b"LOGOUT":
                return

    def _answer(self, verb: bytes, rest: bytes) -> None:
        if verb == b"CAPABILITY":
            self._say(b"* CAPABILITY IMAP4rev1")
        elif verb.startswith(b"SELECT"):
            self._say(b"* %d EXISTS" % len(self.box.mails))
        elif verb.startswith(b"UID SEARCH"):
            unseen = [it for it in range(1, len(self.box.mails) + 1) if it not in self.box.seen]
            self._say(b" ".join([b"* SEARCH", *(b"%d" % it for it in unseen)]))
        elif verb.startswith(b"UID STORE"):
            self.box.seen.add(int(rest.split()[2]))
        elif verb.startswith(b"UID FETCH"):
            number = int(rest.split()[2])
            mail = self.box.mails[number - 1]
            self._say(b"* %d FETCH (UID %d BODY[] {%d}" % (number, number, len(mail)))
            self.wfile.write(mail)
            self._say(b")")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mailbox(*mails: bytes) -> Iterator[Mailbox]:
    """Serve a mailbox on a free port of loopback."""
    box = Mailbox(list(mails))
    talk = type("Talk", (_Talk,), {"box": box})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk)
    server.daemon_threads = True
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
